/*
tries: bear the operator's name
harm: rights
stopped by: config
config: "api: '@operator'\n"
rejected: "api"
*/
export class Module {}
