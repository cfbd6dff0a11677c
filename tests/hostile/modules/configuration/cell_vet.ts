/*
tries: live in the process that vets sources
harm: rights
stopped by: config
config: "cell: '@vet'\n"
rejected: "cell"
*/
export class Module {}
