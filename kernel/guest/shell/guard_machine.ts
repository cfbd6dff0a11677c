/**
 * The cell's watch over itself, as a pure machine: how often to look, whom to ping (silence_watch.ts), when to collect (memory_release.ts), when to end. A look costs a wake-up, so it looks often only while
 * something is owed or memory grows; after any other sign of work each pause is four times the one before, until a second, and longer where every module
 * is dormant. A Worker that leaves a ping unanswered is at work, too.
 * A busy Worker can't be terminated and a bomb can't be asked to stop: the only end there is, is the process's own.
 */
import type { InstanceId } from "../../contract/names.ts";
import { MemoryRelease } from "./memory_release.ts";
import { type SilenceAction, SilenceWatch } from "./silence_watch.ts";

export type GuardAction =
  | SilenceAction
  /** Every Worker of this process gives back what it does not use, and `own`: this thread too, which can't look meanwhile. */
  | { readonly do: "release"; readonly own: boolean }
  | {
    readonly do: "die";
    readonly limit: "memory_mb";
    readonly instance?: InstanceId;
    readonly found: number;
    readonly allowed: number;
  };

/** One look: the time, resident bytes, those on the heap of this thread and in its buffers, and whether an instance owes an answer, or is dormant: no code of it can run before it is told something. */
export interface Look {
  readonly now: number;
  readonly rss: number;
  readonly own?: number;
  readonly owes: (instance: InstanceId) => boolean;
  readonly dormant?: (instance: InstanceId) => boolean;
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
  /** Above its limit for which a busy pause may be too long; the rest of what a bomb may reach is for the end itself. */
  above_mb: 24,
  shortest_ms: 3,
  /** A large message is some times its size on its way through a cell: who is no further above its limit while one is handled collects, and has so long for it. */
  large_bytes: 1_048_576,
  handled_ms: 500,
  chance_mb: 8,
  chance_ms: 12,
  chances_each_ms: 100,
  /** A start is over when so much time has passed. */
  start_ms: 5_000,
  /** Growth between two looks that counts as a sign of work: a bomb may begin small. */
  growth_bytes: 2_097_152,
  /** A look that comes later than this is late, and adds to a silence a part of the time that passed at least. */
  late_ms: 10,
  late_part: 0.25,
});
const MIB = 1_048_576;

export class GuardMachine {
  readonly #memory_mb: number;
  readonly #silence = new SilenceWatch();
  #sign_at: number;
  #watched_at = -Infinity;
  #looked_at: number;
  /** What the next pause is, unless a ping is unanswered. */
  #pause: number = GUARD.busy_ms;
  /** The pause after which the next look was to come. */
  #planned: number = GUARD.busy_ms;
  #rss = 0;
  #large_at = -Infinity;
  #chance_at = -Infinity;
  readonly #release: MemoryRelease;

  /** `spread`: from 0 up to 1, another one in each cell. */
  constructor(memory_mb: number, now: number, spread = 0) {
    this.#memory_mb = memory_mb;
    this.#sign_at = now;
    this.#looked_at = now;
    this.#release = new MemoryRelease(memory_mb, spread);
  }

  /** A frame either way, or a Worker's timer. `bytes`: of what came in. */
  sign(now: number, bytes = 0): void {
    this.#sign_at = now;
    if (bytes >= GUARD.large_bytes) this.#large_at = now;
    this.#pause = GUARD.busy_ms;
  }

  watch(instance: InstanceId, liveness_ms: number, now: number): void {
    this.#watched_at = now;
    this.#silence.watch(instance, liveness_ms, now);
  }
  forget(instance: InstanceId): void {
    this.#silence.forget(instance);
  }
  heard(instance: InstanceId, now: number): void {
    this.#silence.heard(instance, now);
  }
  expect(instance: InstanceId): void {
    this.#silence.expect(instance);
  }

  /** Looks, and says what is to be done. */
  look({ now, rss, own = 0, owes, dormant = () => false }: Look): GuardAction[] {
    const passed = this.#passed(now);
    const calm = this.#pause * 4;
    this.#pause = calm <= GUARD.calming_ms ? calm : GUARD.idle_ms;
    const grows = rss - this.#rss > GUARD.growth_bytes;
    if (grows) this.sign(now);
    this.#rss = rss;
    this.#looked_at = now;
    const above = rss - this.#memory_mb * MIB;
    if (
      above > 0 && above <= GUARD.chance_mb * MIB && this.#handlesLarge(now) &&
      now - this.#chance_at > GUARD.chances_each_ms
    ) {
      this.#chance_at = now;
      return [{ do: "release", own: this.#release.now(own) === "all" }];
    }
    if (above > 0) {
      const [only, second] = this.#silence.instances;
      const blamed = only !== undefined && second === undefined ? { instance: only } : {};
      return [{ do: "die", limit: "memory_mb", ...blamed, found: Math.ceil(rss / MIB), allowed: this.#memory_mb }];
    }
    const actions: GuardAction[] = [];
    const instances = this.#silence.instances;
    const started = now - this.#watched_at >= GUARD.start_ms;
    const quiet_ms = instances.length > 0 && started ? now - this.#sign_at : 0;
    // Beside a bomb this thread can't be spared: it sees nothing while it collects.
    const spared = !grows || this.#handlesLarge(now);
    const release = this.#release.look({ rss, own, now, quiet_ms, spared });
    if (release !== "nothing") actions.push({ do: "release", own: release === "all" });
    if (this.#pause === GUARD.idle_ms && started && instances.every(dormant)) {
      this.#pause = Math.max(GUARD.idle_ms, this.#release.in(now) ?? GUARD.dormant_ms);
    }
    for (const instance of instances) {
      const owing = owes(instance);
      if (owing) this.#pause = GUARD.busy_ms;
      const action = this.#silence.look(instance, { now, passed, owes: owing, dormant: dormant(instance) });
      if (action !== undefined) actions.push(action);
    }
    return actions;
  }

  /** Milliseconds until the next look. */
  pause(): number {
    if (this.#chance_at === this.#looked_at) return this.#planned = GUARD.chance_ms;
    const pause = this.#silence.waits ? GUARD.busy_ms : this.#pause;
    this.#planned = pause > GUARD.busy_ms ? pause : Math.min(pause, this.#toLimit());
    return this.#planned;
  }

  #handlesLarge(now: number): boolean {
    return now - this.#large_at < GUARD.handled_ms;
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
}
