/*
tries: fill a service by calls that it gives up and that run on
harm: flood
stopped by: broker
config: {grants: {services: [flooding/given_up_service]}}
beside:
  flooding/given_up_service: {source: service.ts, config: {limits: {calls_in_flight: 4}}}
steps:
  - {call: attack, args: [100, 4000], answers: given up}
  - {call: lives_at_most, args: [68], of: flooding/given_up_service, answers: true}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("flooding/given_up_service");
  }
  async attack(calls: number, ms: number) {
    const codes: Record<string, number> = {};
    const count = (code: string) => codes[code] = (codes[code] ?? 0) + 1;
    for (let begun = 0; begun < calls; begun += 4) {
      await Promise.all([1, 2, 3, 4].map(async () => {
        const stop = new AbortController();
        const call = this.service.slow(ms, stop.signal);
        const gave_up = this.kernel.sleep(2).then(() => stop.abort());
        try {
          await call;
        } catch (error) {
          count(String((error as any).code ?? "none"));
        }
        await gave_up;
      }));
    }
    return "given up";
  }
}
