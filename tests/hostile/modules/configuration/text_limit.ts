/*
tries: set a limit as a text
harm: lies
stopped by: config
config: "limits: {liveness_ms: '5'}\n"
rejected: "liveness_ms"
*/
export class Module {}
