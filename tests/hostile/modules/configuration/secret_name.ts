/*
tries: be granted a variable under an odd name
harm: reads
stopped by: config
config: "grants: {secrets: ['A=B']}\n"
rejected: "secret"
*/
export class Module {}
