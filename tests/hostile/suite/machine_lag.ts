/** How late this very process is served by the machine, so that what others do on it is not taken for a harm. */
export class MachineLag {
  #worst_ms = 0;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor() {
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#worst_ms = Math.max(this.#worst_ms, now - last - EACH_MS);
      last = now;
    }, EACH_MS);
  }

  /** The worst since the last time it was asked. */
  take(): number {
    const worst = this.#worst_ms;
    this.#worst_ms = 0;
    return worst;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

const EACH_MS = 20;
