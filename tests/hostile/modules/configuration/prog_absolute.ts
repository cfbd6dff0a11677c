/*
tries: run a file by its absolute path
harm: reads
stopped by: config
config: "prog: /etc/passwd\n"
rejected: "prog"
*/
export class Module {}
