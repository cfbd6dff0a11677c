/*
tries: be granted a folder outside of the home
harm: reads
stopped by: config
config: "grants: {folders: [{path: ../x, mode: r}]}\n"
rejected: "/folders|\\.\\./"
*/
export class Module {}
