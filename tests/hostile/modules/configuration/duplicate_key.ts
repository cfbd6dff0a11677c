/*
tries: say a key twice
harm: lies
stopped by: config
config: "prog: own\nprog: own\n"
rejected: "/prog|duplicate|unique/i"
*/
export class Module {}
