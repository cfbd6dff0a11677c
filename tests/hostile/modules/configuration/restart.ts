/*
tries: be restarted half a time
harm: lies
stopped by: config
config: "restart: {max: 1.5, window_s: 60}\n"
rejected: "restart"
*/
export class Module {}
