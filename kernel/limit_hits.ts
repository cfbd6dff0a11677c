/**
 * Limits that modules hit: each time is counted for `status`, and told by `limit.hit`, the first time at once and then at most every ten seconds for
 * each module and limit. Who floods does so thousands of times a second; the event log is for reading.
 */
import type { EmitEvent, HitLimit, LimitHit } from "./contract/events.ts";
import type { Clock } from "./contract/powers.ts";
import { limitWords } from "./primitives/limit_words.ts";

export const HIT_PAUSE_MS = 10_000;

interface Counted {
  hits: number;
  /** Since the last event. */
  untold: number;
  told_at: number;
  /** Seconds since the epoch. */
  last_time: number;
}

export interface Hits {
  readonly hits: number;
  /** Seconds since the epoch. */
  readonly last_time: number;
}

export class LimitHits {
  readonly #emit: EmitEvent;
  readonly #clock: Pick<Clock, "monotonic" | "now">;
  readonly #counted = new Map<string, Map<string, Counted>>();

  constructor(emit: EmitEvent, clock: Pick<Clock, "monotonic" | "now">) {
    this.#emit = emit;
    this.#clock = clock;
  }

  readonly hit: HitLimit = (api, hit) => {
    const counted = this.#count(api, hit.limit);
    const now = this.#clock.monotonic();
    if (now - counted.told_at < HIT_PAUSE_MS) return;
    this.#tell(api, hit, counted, now);
  };

  /** One that ended a process: each of these is told. */
  ended(api: string, hit: LimitHit): void {
    this.#tell(api, hit, this.#count(api, hit.limit), this.#clock.monotonic());
  }

  /** A cell broke the rules of the wire. */
  violated(api: string, violation: string): void {
    this.#count(api, "wire");
    this.#emit({ kind: "limit.hit", api, message: violation, detail: { limit: "wire" } });
  }

  /** By the limits' names. */
  of(api: string): Readonly<Record<string, Hits>> {
    const counted = [...this.#counted.get(api) ?? []];
    return Object.fromEntries(counted.map(([limit, { hits, last_time }]) => [limit, { hits, last_time }]));
  }

  #tell(api: string, { limit, found, allowed, about }: LimitHit, counted: Counted, now: number): void {
    const times = counted.untold;
    counted.untold = 0;
    counted.told_at = now;
    const detail = { limit, found, allowed, ...about, ...(times > 1 && { times }) };
    this.#emit({ kind: "limit.hit", api, message: limitWords(limit, found, allowed), detail });
  }

  #count(api: string, limit: string): Counted {
    let of_api = this.#counted.get(api);
    if (of_api === undefined) this.#counted.set(api, of_api = new Map());
    let counted = of_api.get(limit);
    if (counted === undefined) of_api.set(limit, counted = { hits: 0, untold: 0, told_at: -Infinity, last_time: 0 });
    counted.hits++;
    counted.untold++;
    counted.last_time = this.#clock.now() / 1_000;
    return counted;
  }
}
