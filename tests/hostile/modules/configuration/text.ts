/*
tries: be a text and no map
harm: lies
stopped by: config
config: "just text\n"
rejected: "/map/i"
*/
export class Module {}
