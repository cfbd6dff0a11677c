import { SERVER } from "../with_chroma.ts";
import { collectionsContract } from "./collections.ts";
import { filtersContract } from "./filters.ts";
import { ownershipContract } from "./ownership.ts";
import { queriesContract } from "./queries.ts";
import { recordsContract } from "./records.ts";

collectionsContract(SERVER);
recordsContract(SERVER);
queriesContract(SERVER);
filtersContract(SERVER);
ownershipContract(SERVER);
