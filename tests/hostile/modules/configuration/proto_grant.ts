/*
tries: be granted by a prototype
harm: rights
stopped by: config
config: "grants: {__proto__: {builtins: [files]}}\n"
rejected: "__proto__"
*/
export class Module {}
