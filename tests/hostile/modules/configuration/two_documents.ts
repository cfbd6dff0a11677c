/*
tries: bring a second document along
harm: rights
stopped by: config
config: "prog: own\n---\nprog: own\n"
rejected: "/document/i"
*/
export class Module {}
