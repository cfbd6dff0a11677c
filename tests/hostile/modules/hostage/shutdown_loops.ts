/*
tries: stay by a shutdown that loops
harm: hostage
stopped by: lifecycle
config: {limits: {liveness_ms: 1000, shutdown_ms: 500, drain_ms: 500}}
steps:
  - {state: running}
  - {removed: true}
*/
export class Module {
  shutdown() {
    for (;;);
  }
}
