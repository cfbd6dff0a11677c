/*
tries: give a state that is larger than allowed
harm: memory
stopped by: codec
config: {limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500, state_bytes: 100000}}
steps:
  - {state: running}
  - {call: answer, answers: 42}
  - {reload: true, fails: ".*", says: "the state makes more than limits.state_bytes, 100000 bytes"}
  - {call: answer, answers: 42, process: same}
*/
export class Module {
  answer() {
    return 42;
  }
  exportState() {
    return "x".repeat(100_000);
  }
  importState() {}
}
