/*
tries: set a limit without end
harm: cpu
stopped by: config
config: "limits: {liveness_ms: .inf}\n"
rejected: "liveness_ms"
*/
export class Module {}
