/*
tries: be granted a builtin that cannot be granted
harm: rights
stopped by: config
config: "grants: {builtins: ['node:fs']}\n"
rejected: "node:fs"
*/
export class Module {}
