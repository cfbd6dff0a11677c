/*
tries: use one alias more than allowed
harm: cpu
stopped by: config
config: "base: &base 1\nlist: [*base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base, *base]\n"
rejected: "/100 aliases/"
*/
export class Module {}
