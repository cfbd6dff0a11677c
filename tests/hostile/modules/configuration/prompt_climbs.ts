/*
tries: be granted a config as a prompt
harm: reads
stopped by: config
config: "grants: {prompts: [../configs/meta.yml]}\n"
rejected: "prompt"
*/
export class Module {}
