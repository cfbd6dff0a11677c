/*
tries: stay by never ending its shutdown
harm: hostage
stopped by: lifecycle
config: {limits: {shutdown_ms: 500, drain_ms: 500}}
steps:
  - {state: running}
  - {removed: true}
*/
export class Module {
  shutdown() {
    return new Promise(() => {});
  }
}
