/**
 * When a cell gives back memory that it does not use: under pressure, and before it falls asleep, since after its modules have loaded a third of what it holds is
 * garbage. That takes some ten milliseconds of a core on each thread. Cells that fall silent together (nobody asks for their figures any more, a burst is over)
 * must not all do it in the same second: each waits for another time.
 */
const MIB = 1_048_576;

export const RELEASE = Object.freeze({
  /** Above this part of memory_mb garbage is collected before it can be taken for a bomb: V8 by itself collects late. */
  pressed_part: 0.7,
  /** Growth since the last release that makes another worth its time: under pressure as a part of memory_mb, before a sleep in bytes. */
  pressed_growth_part: 0.05,
  settled_growth_bytes: 2_097_152,
  /** Growth of this thread's own that makes it collect under pressure: meanwhile it can't look, and a bomb in a Worker gains some megabytes each millisecond. */
  own_growth_bytes: 2_097_152,
  /** A cell without a sign of work for so long is quiet; its release comes up to `spread_ms` later, at the next quiet moment. */
  quiet_ms: 1_000,
  spread_ms: 6_000,
});

export interface MemoryFound {
  /** Resident bytes of the process. */
  readonly rss: number;
  /** On the heap of the shell's thread, and in its buffers. */
  readonly own: number;
}

export interface ReleaseLook extends MemoryFound {
  readonly now: number;
  /** For how long nothing has happened, once everything has started; 0 before. */
  readonly quiet_ms: number;
  /** Whether this thread can be spared for ten milliseconds. */
  readonly spared: boolean;
}

export class MemoryRelease {
  readonly #limit: number;
  readonly #wait_ms: number;
  /** The least resident bytes since the last release; undefined until the first look after one. */
  #left: number | undefined = 0;
  /** The least of the shell's own since it released. */
  #own_left = Infinity;
  /** When the release is due that a quiet moment called for. */
  #due: number | undefined;

  /** `spread`: from 0 up to 1, another one in each cell. */
  constructor(memory_mb: number, spread: number) {
    this.#limit = memory_mb * MIB;
    this.#wait_ms = spread * RELEASE.spread_ms;
  }

  /** Milliseconds until a release is due; undefined when none is. */
  in(now: number): number | undefined {
    return this.#due === undefined ? undefined : Math.max(0, this.#due - now);
  }

  /** Who is to release now. */
  look({ rss, own, now, quiet_ms, spared }: ReleaseLook): "nothing" | "workers" | "all" {
    this.#own_left = Math.min(this.#own_left, own);
    if (this.#left === undefined) {
      this.#left = rss;
      return "nothing";
    }
    // A busy Worker releases when it has time.
    this.#left = Math.min(this.#left, rss);
    const grown = rss - this.#left;
    const worth = grown > RELEASE.settled_growth_bytes;
    const quiet = worth && quiet_ms >= RELEASE.quiet_ms;
    if (quiet) this.#due ??= now + this.#wait_ms;
    else if (!worth) this.#due = undefined;
    if (quiet && now >= this.#due!) return this.now(own, true);
    if (rss <= this.#limit * RELEASE.pressed_part || grown <= this.#limit * RELEASE.pressed_growth_part) {
      return "nothing";
    }
    if (spared) return this.now(own);
    this.#left = undefined;
    return "workers";
  }

  /** A release whatever was found; of this thread too where that is worth it, or it is wanted. */
  now(own: number, wanted = false): "workers" | "all" {
    this.#left = this.#due = undefined;
    if (!wanted && own - this.#own_left <= RELEASE.own_growth_bytes) return "workers";
    this.#own_left = Infinity; // the next look tells
    return "all";
  }
}
