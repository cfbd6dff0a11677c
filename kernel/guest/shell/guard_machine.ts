/**
 * The cell's watch over itself, as a pure machine: how often to look, whom to ping, when to end. A look costs a wake-up, so it looks often only while
 * something is owed or memory grows; after any other sign of work each pause is four times the one before, until a second, and longer where every module
 * is dormant. A Worker that leaves a ping unanswered is at work, too.
 * A busy Worker can't be terminated and a bomb can't be asked to stop: the only end there is, is the process's own.
 */
import type { InstanceId } from "../../contract/names.ts";
import { MemoryRelease } from "./memory_release.ts";

export type GuardAction =
  | { readonly do: "ping"; readonly instance: InstanceId }
  /** Every Worker of this process gives back what it does not use, and `own`: this thread too, which can't look meanwhile. */
  | { readonly do: "release"; readonly own: boolean }
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
  /** What a module that fills memory as fast as the machine can adds each millisecond (measured: 3 MB of a core, more of several threads). */
  fill_mb_per_ms: 6,
  /** Growth that no traffic causes: what collects meanwhile can't look, and it would be wasted time. */
  bomb_mb_per_ms: 1.5,
  /** Above its limit for which a busy pause may be too long; the rest of what a bomb may reach is for the end itself. */
  above_mb: 24,
  shortest_ms: 3,
  /** A start is over when so much time has passed. */
  start_ms: 5_000,
  /** Growth between two looks that counts as a sign of work: a bomb may begin small. */
  growth_bytes: 2_097_152,
  /** A Worker that owes is pinged after so much silence, any other after idle_ping_ms. */
  owing_ping_ms: 250,
  idle_ping_ms: 5_000,
  /** One that runs no code does not vanish either. */
  dormant_ping_ms: 15_000,
  /** A look that comes later than this is late, and adds to a silence a part of the time that passed at least. */
  late_ms: 10,
  late_part: 0.25,
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
  /** The pause after which the next look was to come. */
  #planned: number = GUARD.busy_ms;
  #rss = 0;
  readonly #release: MemoryRelease;

  /** `spread`: from 0 up to 1, another one in each cell. */
  constructor(memory_mb: number, now: number, spread = 0) {
    this.#memory_mb = memory_mb;
    this.#sign_at = now;
    this.#looked_at = now;
    this.#release = new MemoryRelease(memory_mb, spread);
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
    const passed = this.#passed(now);
    const calm = this.#pause * 4;
    this.#pause = calm <= GUARD.calming_ms ? calm : GUARD.idle_ms;
    const started = now - this.#watched_at >= GUARD.start_ms;
    if (this.#pause === GUARD.idle_ms && started && [...this.#watched.keys()].every(dormant)) {
      const release_in = this.#watched.size > 0 ? this.#release.in(now - this.#sign_at) : undefined;
      this.#pause = release_in ?? GUARD.dormant_ms;
    }
    const grown = rss - this.#rss;
    if (grown > GUARD.growth_bytes) this.sign(now);
    const bombed = grown > GUARD.growth_bytes &&
      grown > GUARD.bomb_mb_per_ms * MIB * Math.max(1, now - this.#looked_at);
    this.#rss = rss;
    this.#looked_at = now;
    if (rss > this.#memory_mb * MIB) {
      const [only, second] = this.#watched.keys();
      const blamed = only !== undefined && second === undefined ? { instance: only } : {};
      return [{ do: "die", limit: "memory_mb", ...blamed, found: Math.ceil(rss / MIB), allowed: this.#memory_mb }];
    }
    const actions: GuardAction[] = [];
    const quiet_ms = this.#watched.size > 0 && started ? now - this.#sign_at : 0;
    if (this.#release.look(rss, quiet_ms)) actions.push({ do: "release", own: !bombed });
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
    const pinged = this.#watched.values().some((watched) => watched.pinged);
    const pause = pinged ? GUARD.busy_ms : this.#pause;
    this.#planned = pause > GUARD.busy_ms ? pause : Math.min(pause, this.#toLimit());
    return this.#planned;
  }

  /** Milliseconds in which memory can't get further above its limit than it may. */
  #toLimit(): number {
    const room_mb = this.#memory_mb + GUARD.above_mb - this.#rss / MIB;
    return Math.max(GUARD.shortest_ms, Math.floor(room_mb / GUARD.fill_mb_per_ms));
  }

  /**
   * What a silence lasted: the pause that was planned. A look that comes later tells of a machine that is late with everybody, and of that a silent Worker bears
   * a part only: it would be the innocent who are ended. Nor does a process that was stopped for an hour blame anybody.
   */
  #passed(now: number): number {
    const gone = Math.min(now - this.#looked_at, GUARD.idle_ms * 1.25);
    return Math.min(gone, Math.max(this.#planned + GUARD.late_ms, gone * GUARD.late_part));
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
