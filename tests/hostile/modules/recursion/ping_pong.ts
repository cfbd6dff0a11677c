/*
tries: "call without end: A calls B calls A"
harm: cpu
stopped by: broker
config: {grants: {services: [recursion/ping_pong_partner, recursion/ping_pong]}, limits: {}}
beside:
  recursion/ping_pong_partner: {source: mirror.ts, config: {partner: recursion/ping_pong, grants: {services: [recursion/ping_pong]}, limits: {}}}
steps:
  - {call: attack, matches: "limits.call_depth allows 16", process: same}
*/
export class Module {
  partner: any;
  self: any;
  constructor(kernel: any) {
    this.partner = kernel.getApi("recursion/ping_pong_partner");
    this.self = kernel.getApi("recursion/ping_pong");
  }
  async ping_pong(depth: number): Promise<unknown> {
    return await this.partner.ping_pong(depth + 1);
  }
  async attack() {
    return await this.ping_pong(1).catch((error: any) => `${error.code}: ${error.message}`);
  }
}
