/**
 * What the modules of a cell may burn: limits.cpu_percent of one core, as a pure machine. A Worker can't be slowed down by force; what can be withheld is
 * what makes it work. Above its percentage a cell goes into debt, and while it is in debt nothing is read for it: calls wait, and it pays by doing less. One that
 * burns on although nothing is owed burns by itself: there is nothing to withhold, and after BURN_MS the cell ends.
 *
 * Only the time of the modules' threads is counted, not that of the shell. V8's helpers (garbage, compiling) are among those, so half as much again is let pass.
 */
export const CPU = Object.freeze({
  /** Looks closer together than this tell nothing: the system counts in steps of 10 ms. */
  slice_ms: 250,
  /** Of cpu_percent, with V8's helpers. */
  tolerated: 1.5,
  /** Seconds of its percentage by which a cell may be in debt: it waits for no longer when it burns no more. */
  debt_s: 2,
  /** So long above its percentage with nothing to do for anybody. */
  burn_ms: 10_000,
  /** What it takes to measure costs two megabytes: a cell that works for so long is measured. */
  prepare_ms: 5_000,
});

export interface CpuLook {
  readonly now: number;
  /** CPU milliseconds of the modules' threads since the start. */
  readonly used_ms: number;
  /** The sum of the modules' limits. */
  readonly cpu_percent: number;
  /** Whether anybody waits for an answer of theirs. */
  readonly owes: boolean;
}

export interface CpuVerdict {
  /** Nothing more is to be read for now. */
  readonly hold: boolean;
  /** Percent of a core, in the last slice that was above the limit; undefined where it is not above. */
  readonly above: number | undefined;
  /** It burns by itself: the cell is to end. */
  readonly end: boolean;
}

export class CpuWatch {
  #looked_at: number | undefined;
  #used_ms = 0;
  /** CPU milliseconds above what was allowed. */
  #debt_ms = 0;
  #burned_ms = 0;
  #last: CpuVerdict = CALM;
  /** Percent of a core in the last slice. */
  percent = 0;

  look({ now, used_ms, cpu_percent, owes }: CpuLook): CpuVerdict {
    if (this.#looked_at === undefined) {
      this.#looked_at = now;
      this.#used_ms = used_ms;
      return CALM;
    }
    const passed = now - this.#looked_at;
    if (passed < CPU.slice_ms) return this.#last;
    const used = used_ms - this.#used_ms;
    this.#looked_at = now;
    this.#used_ms = used_ms;
    this.percent = used / passed * 100;
    const part = cpu_percent / 100 * CPU.tolerated;
    this.#debt_ms = Math.min(Math.max(0, this.#debt_ms + used - part * passed), part * CPU.debt_s * 1_000);
    const above = used > part * passed;
    this.#burned_ms = above && !owes ? this.#burned_ms + passed : 0;
    return this.#last = {
      hold: this.#debt_ms > 0,
      above: above ? Math.round(this.percent) : undefined,
      end: this.#burned_ms >= CPU.burn_ms,
    };
  }
}

const CALM: CpuVerdict = Object.freeze({ hold: false, above: undefined, end: false });
