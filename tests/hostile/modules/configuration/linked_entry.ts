/*
tries: have a file outside run as a module by a link in the plugins
harm: code
stopped by: loader
config: {}
links: {plugins/configuration/elsewhere_file.js: /OUTSIDE/secret.js}
steps:
  - write: {configs/configuration/elsewhere_file.yml: ""}
  - {state: given up, of: configuration/elsewhere_file, says: out of the folder of the plugins}
*/
export class Module {}
