/*
tries: bear the kernel's name
harm: rights
stopped by: config
config: "api: '@kernel'\n"
rejected: "api"
*/
export class Module {}
