/** Calls whoever its config names, who may call back. */
export class Module {
  partner: any;
  constructor(kernel: any, config: Map<string, string>) {
    this.partner = kernel.getApi(config.get("partner"));
  }
  async ping_pong(depth: number): Promise<unknown> {
    return await this.partner.ping_pong(depth + 1);
  }
  async fan_out(depth: number): Promise<unknown> {
    const answers = await Promise.allSettled([1, 2, 3].map(() => this.partner.fan_out(depth + 1)));
    const codes: Record<string, number> = {};
    for (const answer of answers) {
      const found = answer.status === "fulfilled" ? answer.value : { [answer.reason.code]: 1 };
      for (const key of Object.keys(found)) codes[key] = (codes[key] ?? 0) + found[key];
    }
    return codes;
  }
  hang() {
    return new Promise(() => {});
  }
}
