/** What the module has asked for since it was first loaded, and what that cost. */

/** Tokens of one request; `estimated` where the server told none. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly estimated?: true;
  /** As the server tells it. */
  readonly cost?: number;
}

export interface Usage {
  readonly requests: number;
  readonly failures: number;
  readonly retries: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Of these requests the server told no tokens: a quarter of the characters was taken. */
  readonly estimated_requests: number;
  /** By `price_per_million`, or as the server tells it. */
  readonly cost: number;
}

const NOTHING: Usage = Object.freeze({
  requests: 0,
  failures: 0,
  retries: 0,
  input_tokens: 0,
  output_tokens: 0,
  estimated_requests: 0,
  cost: 0,
});

export interface Price {
  readonly input: number;
  readonly output: number;
}

export function costOf(tokens: Tokens, price: Price | undefined): number {
  return tokens.cost ?? (price === undefined ? 0 : (tokens.input * price.input + tokens.output * price.output) / 1e6);
}

export class UsageCounters {
  #usage: Usage = NOTHING;
  readonly #price: Price | undefined;

  constructor(price: Price | undefined) {
    this.#price = price;
  }

  get(): Usage {
    return this.#usage;
  }
  failed(): void {
    this.#add({ requests: 1, failures: 1 });
  }
  retried(): void {
    this.#add({ retries: 1 });
  }
  /** A request that was answered. */
  answered(tokens: Tokens): void {
    this.#add({
      requests: 1,
      input_tokens: tokens.input,
      output_tokens: tokens.output,
      estimated_requests: tokens.estimated === true ? 1 : 0,
      cost: costOf(tokens, this.#price),
    });
  }
  /** What an earlier instance has counted; anything that is no count is left out. */
  carryOn(before: unknown): void {
    if (typeof before !== "object" || before === null) return;
    const counts = Object.keys(NOTHING).map((key) => [key, (before as Record<string, unknown>)[key]] as const);
    this.#add(
      Object.fromEntries(counts.filter(([, count]) => typeof count === "number" && count >= 0 && count < Infinity)),
    );
  }

  #add(more: Partial<Record<keyof Usage, number>>): void {
    const sums = Object.entries(this.#usage).map(([key, count]) => [key, count + (more[key as keyof Usage] ?? 0)]);
    this.#usage = Object.freeze(Object.fromEntries(sums)) as unknown as Usage;
  }
}
