/*
tries: keep its handles after it was replaced, and go on calling
harm: rights
stopped by: lifecycle
config: {grants: {services: [draining/keeps_handle_service]}, limits: {shutdown_ms: 500, drain_ms: 500}}
beside:
  draining/keeps_handle_service: {source: service.ts}
steps:
  - {call: version, answers: 1}
  - {becomes: then_keeps_handle.ts, told: module.reloaded}
  - {call: version, answers: 2}
  - {call: ping, of: draining/keeps_handle_service, args: [1], answers: 1}
  - {removed: true}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("draining/keeps_handle_service");
  }
  async run() {
    for (;;) {
      this.service.add(1).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  version() {
    return 1;
  }
}
