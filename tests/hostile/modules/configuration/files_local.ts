/*
tries: be granted files without the operator's word
harm: reads
stopped by: config
config: "grants: {builtins: [files]}\n"
steps:
  - {told: grant.pending, says: "builtins"}
*/
export class Module {}
