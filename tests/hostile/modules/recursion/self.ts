/*
tries: call itself without end
harm: cpu
stopped by: broker
config: {grants: {services: [recursion/self_partner, recursion/self]}, limits: {}}
beside:
  recursion/self_partner: {source: mirror.ts, config: {partner: recursion/self, grants: {services: [recursion/self]}, limits: {}}}
steps:
  - {call: attack, matches: "limits.call_depth allows 16", process: same}
*/
export class Module {
  partner: any;
  self: any;
  constructor(kernel: any) {
    this.partner = kernel.getApi("recursion/self_partner");
    this.self = kernel.getApi("recursion/self");
  }
  async again(depth: number): Promise<unknown> {
    return await this.self.again(depth + 1);
  }
  async attack() {
    return await this.again(1).catch((error: any) => `${error.code}: ${error.message}`);
  }
}
