/*
tries: never start, and be there
harm: lies
stopped by: config
config: "start: never\n"
rejected: "start"
*/
export class Module {}
