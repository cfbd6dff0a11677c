/*
tries: hang a service behind an await, so that nobody is seen to run
harm: hostage
stopped by: broker
config: {grants: {services: [hostage/spins_later_service]}}
beside:
  hostage/spins_later_service: {source: service.ts, config: {limits: {liveness_ms: 1000, load_ms: 2000}, restart: {max: 10, window_s: 60}}}
  hostage/spins_later_honest: {source: honest.ts, config: {service: hostage/spins_later_service, grants: {services: [hostage/spins_later_service]}}}
steps:
  - {call: attack, answers: module_killed}
  - {state: running, of: hostage/spins_later_service}
  - {call: attack, matches: "/module_killed|circuit_open/"}
  - {state: running, of: hostage/spins_later_service}
  - {call: attack, matches: "/module_killed|circuit_open/"}
  - {state: running, of: hostage/spins_later_service}
  - {call: attack, answers: circuit_open}
  - {call: burst, of: hostage/spins_later_honest, args: [5], answers: {ok: 5, faults: []}}
*/
export class Module {
  service: any;
  constructor(kernel: any) {
    this.service = kernel.getApi("hostage/spins_later_service");
  }
  async attack() {
    return await this.service.spin_later().catch((error: any) => error.code);
  }
}
