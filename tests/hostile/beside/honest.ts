/** Another caller of the service beside the hostile one: its calls must be answered. */
export class Module {
  service: { add(n: number): Promise<number>; slow(ms: number): Promise<string>; count(): Promise<number> };
  constructor(kernel: any, config: Map<string, string>) {
    this.service = kernel.getApi(config.get("service"));
  }
  /** How many of so many calls at once were answered well, and how the others failed. */
  async burst(count: number) {
    const outcomes = await Promise.allSettled(Array.from({ length: count }, (_, n) => this.service.add(n)));
    const faults = outcomes.filter((one) => one.status === "rejected")
      .map(({ reason }) => `${reason.code}: ${reason.message}`);
    const ok = outcomes.filter((one, n) => one.status === "fulfilled" && one.value === n).length;
    return { ok, faults };
  }
  async slow(ms: number) {
    try {
      return await this.service.slow(ms);
    } catch (error) {
      const { code, maybe_ran } = error as { code: string; maybe_ran: boolean };
      return { code, maybe_ran };
    }
  }
  count() {
    return this.service.count();
  }
}
