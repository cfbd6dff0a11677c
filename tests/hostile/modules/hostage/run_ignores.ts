/*
tries: stay by a run() that never ends
harm: hostage
stopped by: lifecycle
config: {limits: {shutdown_ms: 500, drain_ms: 500}}
steps:
  - {state: running}
  - {removed: true}
*/
export class Module {
  async run() {
    for (;;) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
