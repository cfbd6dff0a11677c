/*
tries: be a list
harm: lies
stopped by: config
config: "- own\n"
rejected: "/map/i"
*/
export class Module {}
