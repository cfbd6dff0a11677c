/*
tries: hold its old instance by a call that never ends
harm: hostage
stopped by: lifecycle
config: {limits: {shutdown_ms: 500, drain_ms: 500}}
steps:
  - call: hang
    fails: "moved|module_killed|cancelled"
    within_ms: 12000
    meanwhile:
      - {becomes: then_call_without_end.ts, told: module.reloaded}
      - {call: version, answers: 2}
*/
export class Module {
  hang() {
    return new Promise(() => {});
  }
  version() {
    return 1;
  }
}
