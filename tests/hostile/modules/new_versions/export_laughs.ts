/*
tries: give a state that is small here and endless there
harm: memory
stopped by: codec
config: {limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500, state_bytes: 100000}}
steps:
  - {state: running}
  - {call: answer, answers: 42}
  - {reload: true, fails: ".*", says: "more than limits.state_bytes"}
  - {call: answer, answers: 42, process: same}
*/
export class Module {
  answer() {
    return 42;
  }
  exportState() {
    let s: unknown = ["xxxxxxxxxx"];
    for (let i = 0; i < 40; i++) s = [s, s];
    return s;
  }
  importState() {}
}
