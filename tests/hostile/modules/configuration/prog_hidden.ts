/*
tries: run a hidden file
harm: reads
stopped by: config
config: "prog: .hidden\n"
rejected: "prog"
*/
export class Module {}
