/*
tries: drown a service in calls
harm: flood
stopped by: broker
config: {grants: {services: [flooding/calls_service]}, limits: {memory_mb: 512}}
beside:
  flooding/calls_service: {source: service.ts, config: {limits: {memory_mb: 512}}}
steps:
  - {call: attack, answers: [ok, rate_limited], process: same}
  - {call: ping, of: flooding/calls_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("flooding/calls_service");
  }
  async attack() {
    const codes: Record<string, number> = {};
    const count = (code: string) => codes[code] = (codes[code] ?? 0) + 1;
    for (let round = 0; round < 2; round++) {
      await Promise.all(Array.from({ length: 20_000 }, (_, i) =>
        this.service.ping(i).then((n: number) => count(n === i ? "ok" : "wrong"), (error: any) => count(error.code))));
    }
    return Object.keys(codes).sort();
  }
}
