/*
tries: run a file outside of the plugins
harm: reads
stopped by: config
config: "prog: ../../etc/passwd\n"
rejected: "prog"
*/
export class Module {}
