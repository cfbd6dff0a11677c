/*
tries: bear a name that climbs
harm: writes
stopped by: config
config: "api: ../x\n"
rejected: "api"
*/
export class Module {}
