/*
tries: have a folder outside run as a module
harm: code
stopped by: loader
links: {plugins/configuration/elsewhere: /OUTSIDE/module}
config: {}
steps:
  - write: {configs/configuration/elsewhere.yml: ""}
  - {state: given up, of: configuration/elsewhere, says: out of the folder of the plugins}
*/
export class Module {}
