/*
tries: live in a process of an odd name
harm: writes
stopped by: config
config: "cell: ../x\n"
rejected: "cell"
*/
export class Module {}
