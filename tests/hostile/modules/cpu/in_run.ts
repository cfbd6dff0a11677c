/*
tries: hold a core in run()
harm: cpu
stopped by: guard
config: {limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500}, restart: {max: 1, window_s: 60}}
steps:
  - {state: given up, says: "/./"}
*/
export class Module {
  run() {
    for (;;);
  }
}
