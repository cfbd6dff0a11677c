/*
tries: have its caller wait longer than the caller has time
harm: cpu
stopped by: broker
config: {grants: {services: [recursion/waits_partner, recursion/waits]}, limits: {call_timeout_ms: 1500}}
beside:
  recursion/waits_partner: {source: mirror.ts, config: {partner: recursion/waits, grants: {services: [recursion/waits]}, limits: {call_timeout_ms: 500}}}
steps:
  - {call: attack, answers: [timeout, true]}
  - {call: hang, fails: timeout, says: did not answer within 1500 ms, within_ms: 6000, process: same}
*/
export class Module {
  partner: any;
  self: any;
  constructor(kernel: any) {
    this.partner = kernel.getApi("recursion/waits_partner");
    this.self = kernel.getApi("recursion/waits");
  }
  hang() {
    return new Promise(() => {});
  }
  async attack() {
    const since = performance.now();
    const code = await this.partner.hang().catch((error: any) => error.code);
    return [code, performance.now() - since < 5_000];
  }
}
