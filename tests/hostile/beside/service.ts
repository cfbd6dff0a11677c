/** An honest service with methods that a caller can use well or badly. */
export class Module {
  live = 0;
  held: ((n: number) => unknown) | undefined;
  made = 0;
  ping(value: unknown) {
    return value;
  }
  add(n: number) {
    return n;
  }
  take(value: unknown) {
    return typeof value;
  }
  size(text: string) {
    return text.length;
  }
  async slow(ms: number) {
    this.live++;
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.live--;
    return "slow";
  }
  count() {
    return this.live;
  }
  /** Sixteen times calls_in_flight run on, and those that are not given up yet. */
  lives_at_most(most: number) {
    return this.live > 0 && this.live <= most;
  }
  spin() {
    for (;;);
  }
  async spin_later() {
    await null;
    for (;;);
  }
  hang() {
    return new Promise(() => {});
  }
  async *endless(size: number) {
    for (;;) {
      this.made++;
      yield "x".repeat(size);
    }
  }
  streams(count: number) {
    return Array.from({ length: count }, () => (async function* () {
      yield 1;
    })());
  }
  async each(count: number, fn: (n: number) => unknown) {
    const out = [];
    for (let i = 0; i < count; i++) out.push(await fn(i));
    return out;
  }
  hold(fn: (n: number) => unknown) {
    this.held = fn;
  }
  async use() {
    return await this.held!(1);
  }
  async swallow(stream: AsyncIterable<unknown>) {
    let n = 0;
    for await (const _ of stream) if (++n === 5) break;
    return n;
  }
  forget(_stream: unknown) {
    return "not read";
  }
  counts() {
    return this.made;
  }
  polluted() {
    return [({} as { polluted?: 1 }).polluted ?? null, Object.keys(Object.prototype).length];
  }
  whoami(kernel: unknown) {
    return kernel;
  }
}
