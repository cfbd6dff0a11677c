/*
tries: bear the name of a prototype
harm: pollutes
stopped by: config
config: "api: __proto__\n"
rejected: "api"
*/
export class Module {}
