/*
tries: be granted what there is not
harm: rights
stopped by: config
config: "grants: {run: true}\n"
rejected: "/'?run'?/"
*/
export class Module {}
