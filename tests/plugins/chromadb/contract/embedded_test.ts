import { EMBEDDED } from "../with_chroma.ts";
import { collectionsContract } from "./collections.ts";
import { filtersContract } from "./filters.ts";
import { ownershipContract } from "./ownership.ts";
import { queriesContract } from "./queries.ts";
import { recordsContract } from "./records.ts";

collectionsContract(EMBEDDED);
recordsContract(EMBEDDED);
queriesContract(EMBEDDED);
filtersContract(EMBEDDED);
ownershipContract(EMBEDDED);
