/** At most so many requests at once; the others wait in their order, as long as their own time allows. */
import { fault } from "meta-machine";
import type { Bounds } from "./bounds.ts";

export class Places {
  readonly #most: number;
  readonly #most_waiting: number;
  #taken = 0;
  readonly #waiting = new Set<() => void>();

  constructor({ concurrency, queue }: { readonly concurrency: number; readonly queue: number }) {
    this.#most = concurrency;
    this.#most_waiting = queue;
  }

  get taken(): number {
    return this.#taken;
  }
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Gives how to give the place back, which counts once. */
  async take({ signal }: Pick<Bounds, "signal">): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#taken < this.#most) this.#taken++;
    else await this.#wait(signal);
    let given_back = false;
    return () => {
      if (given_back) return;
      given_back = true;
      const [next] = this.#waiting;
      if (next === undefined) this.#taken--;
      else next(); // the place passes on
    };
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (this.#waiting.size >= this.#most_waiting) throw crowded(this.#taken, this.#waiting.size);
    return new Promise<void>((resolve, reject) => {
      const over = () => {
        this.#waiting.delete(admitted);
        signal.removeEventListener("abort", gone);
      };
      const admitted = () => {
        over();
        resolve();
      };
      const gone = () => {
        over();
        reject(signal.reason);
      };
      this.#waiting.add(admitted);
      signal.addEventListener("abort", gone, { once: true });
    });
  }
}

function crowded(taken: number, waiting: number): Error {
  return fault("rate_limited", `${taken} requests to the model are under way, and ${waiting} wait`, {
    retriable: true,
    hint: "ask again later, or raise concurrency or queue in the config's params",
  });
}
