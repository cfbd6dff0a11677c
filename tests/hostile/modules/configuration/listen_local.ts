/*
tries: listen without the operator's word
harm: sends
stopped by: config
config: "grants: {listen: ['127.0.0.1:7777']}\n"
steps:
  - {told: grant.pending, says: "listen"}
*/
export class Module {}
