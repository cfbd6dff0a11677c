import { MISSING, withPostgres } from "../postgres/with_postgres.ts";
import type { ContractEngine } from "./contract_engine.ts";
import { ownershipContract } from "./ownership.ts";
import { sessionsContract } from "./sessions.ts";
import { statementsContract } from "./statements.ts";
import { typedContract } from "./typed.ts";

const engine: ContractEngine = {
  name: "PostgreSQL",
  bytes: "bytea",
  serve: withPostgres,
  ...(MISSING !== undefined && { missing: MISSING }),
};

statementsContract(engine);
ownershipContract(engine);
sessionsContract(engine);
typedContract(engine);
