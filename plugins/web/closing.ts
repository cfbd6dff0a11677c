/**
 * How an instance ends: it takes no more requests, waits for those under way, gives up what is left, and then closes every connection, also one whose client
 * takes nothing of its answer, for which the server alone would wait for ever. The next instance waits for the address meanwhile.
 */
const GRACE_MS = 1_000;
/** For the last answers to be on their way. */
const LAST_WORDS_MS = 100;
const LOOK_MS = 10;

export class Closing {
  readonly #under_way: () => number;
  readonly #draining = new AbortController();
  readonly #giving_up = new AbortController();
  readonly #closed = new AbortController();
  #drained: Promise<void> | undefined;

  constructor(under_way: () => number) {
    this.#under_way = under_way;
  }

  get draining(): AbortSignal {
    return this.#draining.signal;
  }
  get giving_up(): AbortSignal {
    return this.#giving_up.signal;
  }
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** Twice is once. */
  drain(): Promise<void> {
    return this.#drained ??= this.#drain();
  }

  /** At once. */
  close(): void {
    for (const step of [this.#draining, this.#giving_up, this.#closed]) step.abort();
  }

  async #drain(): Promise<void> {
    this.#draining.abort();
    await this.#empty(GRACE_MS);
    this.#giving_up.abort();
    await this.#empty(GRACE_MS);
    await wait(LAST_WORDS_MS);
    this.#closed.abort();
  }

  async #empty(ms: number): Promise<void> {
    for (let waited = 0; waited < ms && this.#under_way() > 0; waited += LOOK_MS) await wait(LOOK_MS);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
