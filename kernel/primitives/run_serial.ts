/** Runs jobs one after another, in the order they were given. A job that fails fails for its caller alone; the next one runs. */
export class RunSerial {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Jobs that were given and have not ended. */
  get size(): number {
    return this.#waiting;
  }

  /** Never runs the job before this returns. A job must not await a job of the same queue: it would wait for itself. */
  run<T>(job: () => T | Promise<T>): Promise<T> {
    this.#waiting++;
    const done = this.#last.then(job).finally(() => this.#waiting--);
    this.#last = done.catch(() => {});
    return done;
  }

  /**
   * Resolves when every job has ended that was given until then, also while this waited. It is no job itself: two who wait would keep each other waiting,
   * turn after turn, and nothing else of the process would ever run.
   */
  async idle(): Promise<void> {
    let seen: unknown;
    while (seen !== this.#last) {
      seen = this.#last;
      await seen;
    }
  }
}
