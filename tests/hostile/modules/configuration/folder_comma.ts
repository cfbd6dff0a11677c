/*
tries: be granted two folders by a comma, as a flag would have it
harm: reads
stopped by: config
config: "grants: {folders: [{path: 'a,b', mode: r}]}\n"
rejected: "/folders|,/"
*/
export class Module {}
