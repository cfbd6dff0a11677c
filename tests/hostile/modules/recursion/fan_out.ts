/*
tries: triple its calls at each step
harm: cpu
stopped by: broker
config: {grants: {services: [recursion/fan_out_partner, recursion/fan_out]}, limits: {memory_mb: 512}}
beside:
  recursion/fan_out_partner: {source: mirror.ts, config: {partner: recursion/fan_out, grants: {services: [recursion/fan_out]}, limits: {memory_mb: 512}}}
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  partner: any;
  self: any;
  constructor(kernel: any) {
    this.partner = kernel.getApi("recursion/fan_out_partner");
    this.self = kernel.getApi("recursion/fan_out");
  }
  async fan_out(depth: number): Promise<Record<string, number>> {
    const answers = await Promise.allSettled([1, 2, 3].map(() => this.partner.fan_out(depth + 1)));
    const codes: Record<string, number> = {};
    for (const answer of answers) {
      const found = answer.status === "fulfilled" ? answer.value : { [answer.reason.code]: 1 };
      for (const key of Object.keys(found)) codes[key] = (codes[key] ?? 0) + found[key];
    }
    return codes;
  }
  async attack() {
    return Object.keys(await this.fan_out(1)).filter((code) => !["rate_limited", "too_deep"].includes(code));
  }
}
