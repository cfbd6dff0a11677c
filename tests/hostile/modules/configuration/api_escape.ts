/*
tries: bear a name that moves the cursor
harm: text
stopped by: config
config: "api: \"a\\e[2Jb\"\n"
rejected: "api"
*/
export class Module {}
