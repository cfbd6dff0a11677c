/*
tries: be granted an address with a path in it
harm: sends
stopped by: config
config: "grants: {net: ['example.com/../x:80']}\n"
rejected: "net"
*/
export class Module {}
