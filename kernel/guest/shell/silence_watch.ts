/** Which Worker of a cell has been silent for too long: whom to ping, and who is taken for stuck. A pure machine; what a silence lasted its owner says. */
import type { InstanceId } from "../../contract/names.ts";

interface Watched {
  readonly liveness_ms: number;
  heard_at: number;
  /** Since when it has owed something without a break; undefined while it owes nothing. */
  owing_since: number | undefined;
  /** Something was said to it that it must at least notice. */
  expected: boolean;
  pinged: boolean;
  /** How long it has been silent while it owed. Looks add to it, so that a process that was stopped for an hour blames nobody. */
  silence_ms: number;
}

/** What is to be done about one that is silent. */
export type SilenceAction =
  | { readonly do: "ping"; readonly instance: InstanceId }
  | {
    readonly do: "die";
    readonly limit: "liveness_ms";
    readonly instance: InstanceId;
    readonly found: number;
    readonly allowed: number;
  };

export interface SilenceLook {
  readonly now: number;
  /** Milliseconds by which a silence has grown since the last look. */
  readonly passed: number;
  readonly owes: boolean;
  readonly dormant: boolean;
}

export const SILENCE = Object.freeze({
  /** A Worker that owes is pinged after so much silence, any other after idle_ping_ms. */
  owing_ping_ms: 250,
  idle_ping_ms: 5_000,
  /** One that runs no code does not vanish either. */
  dormant_ping_ms: 15_000,
});

export class SilenceWatch {
  readonly #watched = new Map<InstanceId, Watched>();

  get instances(): readonly InstanceId[] {
    return [...this.#watched.keys()];
  }
  /** A ping is unanswered. */
  get waits(): boolean {
    return this.#watched.values().some(({ pinged }) => pinged);
  }

  watch(instance: InstanceId, liveness_ms: number, now: number): void {
    this.#watched.set(instance, {
      liveness_ms,
      heard_at: now,
      owing_since: undefined,
      expected: false,
      pinged: false,
      silence_ms: 0,
    });
  }

  forget(instance: InstanceId): void {
    this.#watched.delete(instance);
  }

  /** Anything from its Worker counts as a pong. */
  heard(instance: InstanceId, now: number): void {
    const watched = this.#watched.get(instance);
    if (watched === undefined) return;
    watched.heard_at = now;
    watched.owing_since = undefined;
    watched.expected = false;
    watched.pinged = false;
    watched.silence_ms = 0;
  }

  /** It was told something to which it must react, though it owes no answer: a cancel, or its end. */
  expect(instance: InstanceId): void {
    const watched = this.#watched.get(instance);
    if (watched !== undefined) watched.expected = true;
  }

  look(instance: InstanceId, { now, passed, owes, dormant }: SilenceLook): SilenceAction | undefined {
    const watched = this.#watched.get(instance);
    if (watched === undefined) return undefined;
    if (!owes && !watched.expected && !watched.pinged) {
      watched.owing_since = undefined;
      if (now - watched.heard_at < (dormant ? SILENCE.dormant_ping_ms : SILENCE.idle_ping_ms)) return undefined;
      watched.pinged = true;
      watched.owing_since = now;
      return { do: "ping", instance };
    }
    watched.owing_since ??= now;
    watched.silence_ms += Math.min(passed, now - watched.owing_since);
    if (!watched.pinged) {
      if (watched.silence_ms < SILENCE.owing_ping_ms && !watched.expected) return undefined;
      watched.pinged = true;
      return { do: "ping", instance };
    }
    const { liveness_ms: allowed, silence_ms } = watched;
    if (silence_ms < allowed) return undefined;
    return { do: "die", limit: "liveness_ms", instance, found: Math.round(silence_ms), allowed };
  }
}
