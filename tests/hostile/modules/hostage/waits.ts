/*
tries: wait for a service that never answers
harm: hostage
stopped by: broker
config: {grants: {services: [hostage/waits_service]}}
beside:
  hostage/waits_service: {source: service.ts, config: {limits: {liveness_ms: 1000, load_ms: 2000, call_timeout_ms: 1500}, restart: {max: 10, window_s: 60}}}
  hostage/waits_honest: {source: honest.ts, config: {service: hostage/waits_service, grants: {services: [hostage/waits_service]}}}
steps:
  - {call: burst, of: hostage/waits_honest, args: [5], answers: {ok: 5, faults: []}}
  - call: attack
    answers: timeout
    meanwhile: [{call: burst, of: hostage/waits_honest, args: [50], answers: {ok: 50, faults: []}}]
    within_ms: 6000
*/
export class Module {
  service: any;
  constructor(kernel: any) {
    this.service = kernel.getApi("hostage/waits_service");
  }
  async attack() {
    return await this.service.hang().catch((error: any) => error.code);
  }
}
