/*
tries: have a file outside read as a config
harm: reads
stopped by: config
config: {}
links: {configs/configuration/linked.yml: /OUTSIDE/secret.yml}
steps:
  - {call: attack, answers: 1}
  - {told: config.rejected, of: configuration/linked, says: symlink that leads outside}
*/
export class Module {
  attack() {
    return 1;
  }
}
