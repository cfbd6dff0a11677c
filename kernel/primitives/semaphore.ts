/** At most `permits` jobs at a time; the others wait in their order. */
export class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((admitted) => this.#waiting.push(admitted));
    try {
      return await job();
    } finally {
      const next = this.#waiting.shift();
      if (next) next(); // the permit passes on
      else this.#free++;
    }
  }
}
