/*
tries: give a state that is nested 100,000 deep
harm: kills
stopped by: codec
config: {limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500, state_bytes: 100000}}
steps:
  - {state: running}
  - {call: answer, answers: 42}
  - {reload: true, fails: ".*", says: "nested more than 64 levels"}
  - {call: answer, answers: 42, process: same}
*/
export class Module {
  answer() {
    return 42;
  }
  exportState() {
    let s: unknown = 1;
    for (let i = 0; i < 100_000; i++) s = [s];
    return s;
  }
  importState() {}
}
