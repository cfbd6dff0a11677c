/*
tries: climb in the middle of a path
harm: reads
stopped by: config
config: "prog: own/../../own\n"
rejected: "prog"
*/
export class Module {}
