/**
 * The cell's watch over itself, as a pure machine: how often to look, whom to ping, when to end. A look costs a wake-up, so it looks often only while
 * something is owed or memory grows; after any other sign of work each pause is four times the one before, until a second, and longer where every module
 * is dormant. A Worker that leaves a ping unanswered is at work, too.
 * A busy Worker can't be terminated and a bomb can't be asked to stop: the only end there is, is the process's own.
 */
import type { InstanceId } from "../../contract/names.ts";

export type GuardAction =
  | { readonly do: "ping"; readonly instance: InstanceId }
  /** Every thread of this process gives back what it does not use. */
  | { readonly do: "release" }
  | {
    readonly do: "die";
    readonly limit: "memory_mb" | "liveness_ms";
    readonly instance?: InstanceId;
    readonly found: number;
    readonly allowed: number;
  };

/** One look: the time, resident bytes, and whether an instance owes an answer, or is dormant: no code of it can run before it is told something. */
export interface Look {
  readonly now: number;
  readonly rss: number;
  readonly owes: (instance: InstanceId) => boolean;
  readonly dormant?: (instance: InstanceId) => boolean;
}

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

export const GUARD = Object.freeze({
  busy_ms: 25,
  /** The last pause before idle_ms: 25, 100 and 400 are three looks where 40 would find nothing else. */
  calming_ms: 400,
  idle_ms: 1_000,
  /** While no module can run code by itself there is nothing to see. */
  dormant_ms: 15_000,
  /** Without a sign of work for so long a cell is quiet. */
  quiet_ms: 1_000,
  /** A start is over when so much time has passed: collecting takes as long as starting did, and others may be starting still. */
  start_ms: 5_000,
  /** Growth between two looks that counts as a sign of work: a bomb may begin small. */
  growth_bytes: 2_097_152,
  /** A Worker that owes is pinged after so much silence, any other after idle_ping_ms. */
  owing_ping_ms: 250,
  idle_ping_ms: 5_000,
  /** One that runs no code does not vanish either. */
  dormant_ping_ms: 15_000,
  /** Above this part of memory_mb garbage is collected before it can be taken for a bomb: V8 by itself collects late. */
  pressed_part: 0.7,
  /** Growth since the last release that makes another worth its ten milliseconds: under pressure as a part of memory_mb, before a sleep in bytes. */
  pressed_growth_part: 0.05,
  settled_growth_bytes: 2_097_152,
});
const MIB = 1_048_576;

export class GuardMachine {
  readonly #memory_mb: number;
  readonly #watched = new Map<InstanceId, Watched>();
  #sign_at: number;
  #watched_at = -Infinity;
  #looked_at: number;
  /** What the next pause is, unless a ping is unanswered. */
  #pause: number = GUARD.busy_ms;
  #rss = 0;
  /** The least since the last release; undefined until the first look after one. */
  #rss_released: number | undefined = 0;

  constructor(memory_mb: number, now: number) {
    this.#memory_mb = memory_mb;
    this.#sign_at = now;
    this.#looked_at = now;
  }

  /** A frame either way, or a Worker's timer. */
  sign(now: number): void {
    this.#sign_at = now;
    this.#pause = GUARD.busy_ms;
  }

  watch(instance: InstanceId, liveness_ms: number, now: number): void {
    this.#watched_at = now;
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

  /** Looks, and says what is to be done. */
  look({ now, rss, owes, dormant = () => false }: Look): GuardAction[] {
    const passed = Math.min(now - this.#looked_at, GUARD.idle_ms * 1.25);
    const calm = this.#pause * 4;
    this.#pause = calm <= GUARD.calming_ms ? calm : GUARD.idle_ms;
    const started = now - this.#watched_at >= GUARD.start_ms;
    if (this.#pause === GUARD.idle_ms && started && [...this.#watched.keys()].every(dormant)) {
      this.#pause = GUARD.dormant_ms;
    }
    if (rss - this.#rss > GUARD.growth_bytes) this.sign(now);
    this.#rss = rss;
    this.#looked_at = now;
    if (rss > this.#memory_mb * MIB) {
      const [only, second] = this.#watched.keys();
      const blamed = only !== undefined && second === undefined ? { instance: only } : {};
      return [{ do: "die", limit: "memory_mb", ...blamed, found: Math.ceil(rss / MIB), allowed: this.#memory_mb }];
    }
    const actions: GuardAction[] = [];
    if (this.#isWorthRelease(rss, now)) actions.push({ do: "release" });
    for (const [instance, watched] of this.#watched) {
      const owing = owes(instance);
      if (owing) this.#pause = GUARD.busy_ms;
      const ping_ms = dormant(instance) ? GUARD.dormant_ping_ms : GUARD.idle_ping_ms;
      const action = this.#judge(instance, watched, { passed, now, owes: owing, ping_ms });
      if (action !== undefined) actions.push(action);
    }
    return actions;
  }

  /** Milliseconds until the next look. */
  pause(): number {
    for (const watched of this.#watched.values()) if (watched.pinged) return GUARD.busy_ms;
    return this.#pause;
  }

  /** Under pressure, and before it falls asleep: after its modules have loaded, a third of what a cell holds is garbage. */
  #isWorthRelease(rss: number, now: number): boolean {
    if (this.#rss_released === undefined) {
      this.#rss_released = rss;
      return false;
    }
    // A busy Worker releases when it has time.
    this.#rss_released = Math.min(this.#rss_released, rss);
    const grown = rss - this.#rss_released;
    const limit = this.#memory_mb * MIB;
    const pressed = rss > limit * GUARD.pressed_part && grown > limit * GUARD.pressed_growth_part;
    const quiet = now - this.#sign_at >= GUARD.quiet_ms && now - this.#watched_at >= GUARD.start_ms;
    const settled = this.#watched.size > 0 && quiet && grown > GUARD.settled_growth_bytes;
    if (!pressed && !settled) return false;
    this.#rss_released = undefined;
    return true;
  }

  #judge(
    instance: InstanceId,
    watched: Watched,
    { passed, now, owes, ping_ms }: { passed: number; now: number; owes: boolean; ping_ms: number },
  ): GuardAction | undefined {
    if (!owes && !watched.expected && !watched.pinged) {
      watched.owing_since = undefined;
      if (now - watched.heard_at < ping_ms) return undefined;
      watched.pinged = true;
      watched.owing_since = now;
      return { do: "ping", instance };
    }
    watched.owing_since ??= now;
    watched.silence_ms += Math.min(passed, now - watched.owing_since);
    if (!watched.pinged) {
      if (watched.silence_ms < GUARD.owing_ping_ms && !watched.expected) return undefined;
      watched.pinged = true;
      return { do: "ping", instance };
    }
    if (watched.silence_ms < watched.liveness_ms) return undefined;
    const { liveness_ms: allowed, silence_ms } = watched;
    return { do: "die", limit: "liveness_ms", instance, found: Math.round(silence_ms), allowed };
  }
}
