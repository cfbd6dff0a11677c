/*
tries: set a negative limit
harm: lies
stopped by: config
config: "limits: {call_depth: -1}\n"
rejected: "call_depth"
*/
export class Module {}
