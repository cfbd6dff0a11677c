/*
tries: cut a path by a NUL
harm: reads
stopped by: config
config: "prog: \"own\\0\"\n"
rejected: "prog"
*/
export class Module {}
