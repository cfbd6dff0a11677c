/*
tries: fill memory over the state that it is given
harm: hostage
stopped by: lifecycle
config: {limits: {liveness_ms: 1500, load_ms: 4000, shutdown_ms: 500, drain_ms: 500}}
steps:
  - {call: add, answers: 1}
  - {becomes: then_state_bombs.ts, told: module.state_set_aside}
  - {reload: true, fails: ".*", says: "/its process ended|did not answer/"}
  - {call: add, answers: 2, process: same}
*/
export class Module {
  n = 0;
  add() {
    return ++this.n;
  }
  exportState() {
    return this.n;
  }
  importState(n: number) {
    this.n = n;
  }
}
