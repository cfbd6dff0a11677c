import { withDatabase } from "../with_database.ts";
import type { ContractEngine } from "./contract_engine.ts";
import { ownershipContract } from "./ownership.ts";
import { sessionsContract } from "./sessions.ts";
import { statementsContract } from "./statements.ts";
import { typedContract } from "./typed.ts";

const engine: ContractEngine = { name: "SQLite", bytes: "blob", serve: withDatabase };

statementsContract(engine);
ownershipContract(engine);
sessionsContract(engine);
typedContract(engine);
