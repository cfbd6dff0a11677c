/*
tries: bear a shipped module's name with a source of its own, for its builtins
harm: rights
stopped by: config
config: {}
files:
  plugins/services/database/mod.ts: "import { DatabaseSync } from 'node:sqlite';\nexport class Module { x = DatabaseSync; }\n"
  configs/services/database.yml: "api: database\ngrants: {builtins: ['node:sqlite'], folders: [{path: runtime/files/database, mode: rw}]}\n"
steps:
  - {state: given up, of: database}
*/
export class Module {}
