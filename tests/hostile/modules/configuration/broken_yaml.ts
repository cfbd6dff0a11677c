/*
tries: stop the reader by YAML that is none
harm: hostage
stopped by: config
config: "prog: [own\n"
rejected: "/./"
*/
export class Module {}
