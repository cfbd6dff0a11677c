/** What a cell takes, as it told last. Who asks again while others wait, or right after them, wakes it no second time. */
import type { Clock } from "../contract/powers.ts";
import type { CellFigures } from "../contract/wire.ts";

/** Figures that are no older are fresh: one `status` asks every cell there is, and whoever may ask for it may ask without end. */
const FRESH_MS = 100;

export class AskedFigures {
  readonly #clock: Clock;
  readonly #ask: () => void;
  readonly #waiting = new Set<() => void>();
  #told_at = -Infinity;
  latest: CellFigures = { rss: 0, cpu_ms: 0, instances: [] };

  /** `ask` sends the question. */
  constructor(clock: Clock, ask: () => void) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** Fresh ones, or the last ones if it does not answer in time. */
  async fresh(ms: number): Promise<CellFigures> {
    if (this.#clock.monotonic() - this.#told_at < FRESH_MS) return this.latest;
    await new Promise<void>((resolve) => {
      const answered = () => {
        cancel();
        this.#waiting.delete(answered);
        resolve();
      };
      const cancel = this.#clock.after(ms, answered);
      this.#waiting.add(answered);
      if (this.#waiting.size === 1) this.#ask();
    });
    return this.latest;
  }

  told(figures: CellFigures | undefined): void {
    this.latest = figures ?? this.latest;
    this.#told_at = this.#clock.monotonic();
    this.over();
  }

  /** Nobody is to wait any longer. */
  over(): void {
    for (const answered of [...this.#waiting]) answered();
  }
}
