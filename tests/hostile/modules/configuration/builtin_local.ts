/*
tries: be granted a builtin without the operator's word
harm: rights
stopped by: config
config: "grants: {builtins: ['node:sqlite']}\n"
steps:
  - {told: grant.pending, says: "builtins"}
*/
export class Module {}
