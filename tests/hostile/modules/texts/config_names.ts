/*
tries: move the cursor by the keys of its config
harm: text
stopped by: config
config: "grants: {\"\\e[2J\\u202e\": 1}\n"
rejected: grants
*/
export class Module {}
