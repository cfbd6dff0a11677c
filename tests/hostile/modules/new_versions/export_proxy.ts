/*
tries: give a state whose reader runs its code
harm: cpu
stopped by: codec
config: {limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500, state_bytes: 100000}}
steps:
  - {state: running}
  - {call: answer, answers: 42}
  - {reload: true, fails: ".*", says: "state can't be read"}
  - {call: answer, answers: 42, process: same}
*/
export class Module {
  answer() {
    return 42;
  }
  exportState() {
    return new Proxy({}, {
      ownKeys: () => ["a"],
      getOwnPropertyDescriptor() {
        throw {
          get message() {
            for (;;);
          },
        };
      },
    });
  }
  importState() {}
}
