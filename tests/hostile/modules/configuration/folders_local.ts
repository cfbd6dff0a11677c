/*
tries: be granted a folder without the operator's word
harm: writes
stopped by: config
config: "grants: {folders: [{path: runtime/files/x, mode: rw}]}\n"
steps:
  - {told: grant.pending, says: "folders"}
*/
export class Module {}
