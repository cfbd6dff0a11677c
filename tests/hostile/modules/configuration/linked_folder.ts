/*
tries: have a folder outside read as configs
harm: reads
stopped by: config
config: {}
links: {configs/configuration_link: /OUTSIDE/module}
steps:
  - {call: attack, answers: 1}
*/
export class Module {
  attack() {
    return 1;
  }
}
