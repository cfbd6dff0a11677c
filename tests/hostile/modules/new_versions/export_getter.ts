/*
tries: give a state that loops when it is read
harm: cpu
stopped by: codec
config: {limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500, state_bytes: 100000}}
steps:
  - {state: running}
  - {call: answer, answers: 42}
  - {reload: true, fails: ".*", says: "state.deep.secret is an accessor"}
  - {call: answer, answers: 42, process: same}
*/
export class Module {
  answer() {
    return 42;
  }
  exportState() {
    return {
      deep: {
        get secret(): unknown {
          for (;;);
        },
      },
    };
  }
  importState() {}
}
