/*
tries: set a limit of nothing
harm: lies
stopped by: config
config: "limits: {memory_mb: 0}\n"
rejected: "memory_mb"
*/
export class Module {}
