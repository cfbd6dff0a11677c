/*
tries: set a limit that there is not
harm: memory
stopped by: config
config: "limits: {memory: 5}\n"
rejected: "memory"
*/
export class Module {}
