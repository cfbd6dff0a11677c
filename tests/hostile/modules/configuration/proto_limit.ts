/*
tries: raise limits by a prototype
harm: memory
stopped by: config
config: "limits: {__proto__: {memory_mb: 5000}}\n"
rejected: "__proto__"
*/
export class Module {}
