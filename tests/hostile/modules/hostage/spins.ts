/*
tries: hang a service that others need, again and again
harm: hostage
stopped by: broker
config: {grants: {services: [hostage/spins_service]}}
beside:
  hostage/spins_service: {source: service.ts, config: {limits: {liveness_ms: 1000, load_ms: 2000}, restart: {max: 10, window_s: 60}}}
  hostage/spins_honest: {source: honest.ts, config: {service: hostage/spins_service, grants: {services: [hostage/spins_service]}}}
steps:
  - call: attack
    answers: module_killed
    meanwhile: [{call: burst, of: hostage/spins_honest, args: [50], answers: {ok: 50, faults: []}}]
  - {state: running, of: hostage/spins_service}
  - {call: attack, answers: module_killed}
  - {call: attack, answers: circuit_open}
  - {told: circuit.open, of: hostage/spins_service}
  - {call: burst, of: hostage/spins_honest, args: [5], answers: {ok: 5, faults: []}, process: same}
*/
export class Module {
  service: any;
  constructor(kernel: any) {
    this.service = kernel.getApi("hostage/spins_service");
  }
  async attack() {
    return await this.service.spin().catch((error: any) => error.code);
  }
}
