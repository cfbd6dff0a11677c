/*
tries: make code of a tag
harm: code
stopped by: config
config: "prog: !!js/function 'function () {}'\n"
rejected: "/tag|prog/i"
*/
export class Module {}
