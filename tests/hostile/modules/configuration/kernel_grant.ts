/*
tries: be granted to stop the host
harm: kills
stopped by: config
config: "grants: {kernel: [stop]}\n"
rejected: "stop"
*/
export class Module {}
