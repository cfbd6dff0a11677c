/*
tries: stay by a run() that sleeps and sleeps
harm: hostage
stopped by: lifecycle
config: {limits: {shutdown_ms: 500, drain_ms: 500}}
steps:
  - {state: running}
  - {removed: true}
*/
export class Module {
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
  }
  async run() {
    for (;;) await this.kernel.sleep(1);
  }
}
