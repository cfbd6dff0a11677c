/*
tries: take over the name of another module
harm: rights
stopped by: config
config: {}
steps:
  - write: {configs/configuration/thief.yml: "prog: neighbour\napi: configuration/second_claim\n"}
  - {told: config.rejected, says: claims too}
  - {call: attack, answers: mine, process: same}
*/
export class Module {
  attack() {
    return "mine";
  }
}
