/*
tries: leave thousands of calls running and go away
harm: flood
stopped by: broker
config: {grants: {services: [flooding/abandoned_service]}}
beside:
  flooding/abandoned_service: {source: service.ts}
steps:
  - {call: attack, answers: left, process: same}
  - {call: ping, of: flooding/abandoned_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("flooding/abandoned_service");
  }
  attack() {
    for (let i = 0; i < 3_000; i++) this.service.slow(100).catch(() => {});
    return "left";
  }
}
