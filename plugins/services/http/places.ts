import { fault } from "meta-machine";

/** How many requests are open, of all callers and of each. */
export class Places {
  readonly #most: number;
  readonly #most_each: number;
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor({ connections, connections_per_caller }: { connections: number; connections_per_caller: number }) {
    this.#most = connections;
    this.#most_each = connections_per_caller;
  }

  /** Gives how to give the place back, which counts once. */
  take(caller: string): () => void {
    const own = this.#taken.get(caller) ?? 0;
    if (own >= this.#most_each) throw crowded(`'${caller}' has ${own} requests open`, this.#most_each);
    if (this.#all >= this.#most) throw crowded(`${this.#all} requests are open`, this.#most);
    this.#taken.set(caller, own + 1);
    this.#all++;
    let given_back = false;
    return () => {
      if (given_back) return;
      given_back = true;
      this.#all--;
      const left = this.#taken.get(caller)! - 1;
      if (left > 0) this.#taken.set(caller, left);
      else this.#taken.delete(caller);
    };
  }
}

function crowded(found: string, allowed: number): Error {
  return fault("rate_limited", `${found}; ${allowed} may be`, {
    retriable: true,
    hint: "read answers to their end, or cancel their bodies, before more are fetched",
  });
}
