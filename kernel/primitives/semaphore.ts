/** At most `permits` jobs at a time; the others wait in their order. */
export class Semaphore {
  #free: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  /** Whether a job runs or waits. */
  get busy(): boolean {
    return this.#running > 0;
  }

  async run<T>(job: () => Promise<T>): Promise<T> {
    this.#running++;
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((admitted) => this.#waiting.push(admitted));
    try {
      return await job();
    } finally {
      this.#running--;
      const next = this.#waiting.shift();
      if (next) next(); // the permit passes on
      else this.#free++;
    }
  }
}
