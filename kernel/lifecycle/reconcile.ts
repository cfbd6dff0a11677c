/**
 * River 2: configs and sources as they stand → plan → difference → steps. A bad file is told once and what ran keeps running; the same
 * files twice give no step. Changes are hints from the system; a look at everything every 30 s is the truth.
 */
import type { EmitEvent } from "../contract/events.ts";
import type { Clock, Files } from "../contract/powers.ts";
import type { Plan, Rejection } from "../contract/spec.ts";
import {
  type ConfigCache,
  type LockSeen,
  type PlanWorld,
  readConfigs,
  resolvePlan,
  settle,
  settleLock,
  type Settling,
} from "../config/mod.ts";
import { RunSerial } from "../primitives/run_serial.ts";
import { diffPlan, type Step } from "./diff_plan.ts";
import type { Lives } from "./lives.ts";

export interface ReconcileOptions {
  readonly files: Files;
  readonly clock: Clock;
  readonly home: string;
  readonly lives: Pick<Lives, "running" | "apply">;
  /** Finds sources and prompts; reads `configs/plugins.lock`. */
  readonly world: () => Promise<PlanWorld>;
  /** Every plan, before it is carried out. */
  readonly planned: (plan: Plan) => void;
  readonly emit: EmitEvent;
}

/** Hints that come together are one look. */
const GATHER_MS = 40;
/** Everything is read and hashed again, whatever the hints said. */
const HASH_ALL_MS = 30_000;
/** After a look that failed. */
const TRY_AGAIN_MS = 1_000;

export class Reconciler {
  readonly #options: ReconcileOptions;
  readonly #serial = new RunSerial();
  readonly #cache: ConfigCache = new Map();
  #settling: Settling | undefined;
  #lock: LockSeen | undefined;
  /** Who there was when it could be read last. */
  #principals: Plan["principals"];
  #told = new Set<string>();
  /** When the next look is due; undefined when none is. */
  #look_at: number | undefined;
  #cancel_look: () => void = () => {};
  #stop_watching: () => void = () => {};
  #stopped = false;

  constructor(options: ReconcileOptions) {
    this.#options = options;
  }

  /** The desired state as the files stand now. */
  async plan(hash_all = false): Promise<Plan> {
    const { files, clock, home, world } = this.#options;
    const read = await readConfigs(files, home, this.#cache, { hash_all });
    const settled = settle(this.#settling, read.texts, clock.monotonic());
    this.#settling = settled.remembered;
    if (settled.look_again_ms !== undefined) this.#lookIn(settled.look_again_ms + 5);
    const running = new Map(
      [...this.#options.lives.running()].flatMap(([api, { planned }]) => planned === undefined ? [] : [[api, planned]]),
    );
    const configs = { texts: settled.texts, rejected: read.rejected };
    const found = await world();
    const lock = settleLock(this.#lock, found.lock, clock.monotonic());
    this.#lock = lock.seen;
    if (lock.look_again_ms !== undefined) this.#lookIn(lock.look_again_ms + 5);
    const former_principals = this.#principals;
    const plan = await resolvePlan(configs, { ...found, lock: lock.seen.text, running, former_principals });
    this.#principals = plan.principals;
    this.#tell(plan.rejected);
    this.#options.planned(plan);
    return plan;
  }

  /** The paper's `resynchronize_state`: compares, then unloads, loads and reloads what differs. Never rejects. */
  resynchronizeState(hash_all = false): Promise<void> {
    return this.#serial.run(async () => {
      try {
        const plan = await this.plan(hash_all);
        if (!this.#stopped) this.carryOut(diffPlan(this.#options.lives.running(), plan));
      } catch (error) {
        this.#lookFailed(error);
      }
    });
  }

  /** Changes files while none of them is looked at: a look in between would see half of the change. */
  whileStill(change: () => Promise<void>): Promise<void> {
    return this.#serial.run(change);
  }

  /** Starts each step; they take effect side by side, each module's own in order. */
  carryOut(steps: readonly Step[]): void {
    for (const step of steps) {
      const { api, kind } = step;
      const config = "planned" in step ? step.planned.spec.config : undefined;
      this.#options.emit({
        kind: "config.changed",
        api,
        message: kind,
        ...(config !== undefined && { detail: { config } }),
      });
      void this.#options.lives.apply(step);
    }
  }

  /** Looks whenever something below these folders changes, and in any case now and then. */
  watch(folders: readonly string[]): void {
    if (this.#stopped) return;
    const { files, clock } = this.#options;
    const unwatch = files.watch(folders, () => this.#lookIn(GATHER_MS));
    const cancel = clock.after(HASH_ALL_MS, () => {
      // Folders that came, or took another's place, are watched from now on.
      unwatch();
      this.watch(folders);
      void this.resynchronizeState(true);
    });
    this.#stop_watching = () => {
      unwatch();
      cancel();
    };
    // What changed since the last look and before the watch began has no hint.
    this.#lookIn(GATHER_MS);
  }

  /** No look begins any more, and one that is under way changes nothing. */
  stopWatching(): void {
    this.#stopped = true;
    this.#stop_watching();
    this.#cancel_look();
  }

  /** One look for all hints until then; a later hint does not put it off, an earlier one brings it forward. */
  #lookIn(ms: number): void {
    const { clock } = this.#options;
    const at = clock.monotonic() + ms;
    if (this.#stopped || (this.#look_at !== undefined && this.#look_at <= at)) return;
    this.#cancel_look();
    this.#look_at = at;
    this.#cancel_look = clock.after(ms, () => {
      this.#look_at = undefined;
      void this.resynchronizeState();
    });
  }

  /** Each refusal is told when it is new. */
  #tell(rejected: readonly Rejection[]): void {
    const now = new Set<string>();
    for (const { file, line, api, fault } of rejected) {
      const key = `${file}:${line}:${fault.message}`;
      now.add(key);
      if (this.#told.has(key)) continue;
      this.#options.emit({
        kind: fault.code === "approval_required" ? "grant.pending" : "config.rejected",
        ...(api !== undefined && { api }),
        message: fault.message,
        detail: { file, ...(line !== undefined && { line }), hint: fault.hint },
      });
    }
    this.#told = now;
  }

  /** What the system would not let us read is told once too, and read again soon: what ran keeps running. */
  #lookFailed(error: unknown): void {
    const message = `the configs could not be read: ${error instanceof Error ? error.message : error}`;
    if (!this.#told.has(message)) this.#options.emit({ kind: "config.rejected", message });
    this.#told.add(message);
    this.#lookIn(TRY_AGAIN_MS);
  }
}
