import { EMBEDDED_POSTGRES } from "../with_chroma.ts";
import { collectionsContract } from "./collections.ts";
import { filtersContract } from "./filters.ts";
import { ownershipContract } from "./ownership.ts";
import { queriesContract } from "./queries.ts";
import { recordsContract } from "./records.ts";

collectionsContract(EMBEDDED_POSTGRES);
recordsContract(EMBEDDED_POSTGRES);
queriesContract(EMBEDDED_POSTGRES);
filtersContract(EMBEDDED_POSTGRES);
ownershipContract(EMBEDDED_POSTGRES);
