/*
tries: go on after its shutdown by timers of its own
harm: hostage
stopped by: lifecycle
config: {limits: {shutdown_ms: 500, drain_ms: 500}}
steps:
  - {call: version, answers: 1}
  - {becomes: then_deaf_to_shutdown.ts, told: module.reloaded}
  - {call: version, answers: 2}
  - {removed: true}
*/
export class Module {
  constructor() {
    setInterval(() => console.log("still here"), 50);
  }
  shutdown() {}
  version() {
    return 1;
  }
}
