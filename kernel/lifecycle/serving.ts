/**
 * What of a module serves now, and what may happen to that by itself. The changes that are asked for are in life_changes.ts, one at a time; decisions about
 * restarts are in restart_policy.ts.
 */
import type { WhyDown } from "../broker/mod.ts";
import { type Fault, fault } from "../contract/fault.ts";
import { type ApiName, type InstanceId, isNewerInstance } from "../contract/names.ts";
import type { PlannedModule } from "../contract/spec.ts";
import type { ModuleState } from "../contract/status.ts";
import type { ToolSpec } from "../contract/tool_spec.ts";
import type { FailPhase } from "../contract/wire.ts";
import { type Cell, isNoRoom } from "../cell/mod.ts";
import { drainInstance, type DrainOptions } from "./drain_instance.ts";
import { Draining } from "./draining.ts";
import { IdleWatch } from "./idle_watch.ts";
import { type Ending, partIn, type PartInEnd } from "./ending.ts";
import type { Instance } from "./instance.ts";
import { alone, LifeFate } from "./life_fate.ts";
import type { LifePowers } from "./life_powers.ts";
import type { LifeRecord } from "./life_record.ts";
import { LaterStart } from "./later_start.ts";
import { ModuleDoor } from "./module_door.ts";
import { RestartPolicy } from "./restart_policy.ts";

/** Changes that it asks for by itself. */
export interface ServingAsks {
  start(): void;
  /** A call waits for a module that sleeps. */
  wake(): void;
  /** Nobody has called it for long enough. */
  sleep(instance: Instance): void;
}

/** What the shell of an instance that outlived its kernel says of it. */
export type AdoptedPhase = "ready" | "running" | "shutting_down";
export interface AdoptedHow {
  /** What the former kernel told of it, when there was a hand-over: whether calls went to it (unless another serves by now), or it was being replaced. */
  readonly told?: "serves" | "replaced";
}

/** All that a new instance gets when nobody wants its module any more. */
const UNWANTED_MS = 500;
/** When no process may be started for want of memory it is tried again after this. */
const ROOM_MS = 2_000;

export class Serving {
  /** What was asked for last, whether or not it could be had. */
  wanted: PlannedModule;
  /** Nothing is started any more: a stop has been asked for. */
  unwanted = false;
  /** The next reload hands no state on. */
  begins_empty = false;
  readonly powers: LifePowers;
  readonly record: LifeRecord;
  readonly restarts: RestartPolicy;
  readonly draining: Draining;
  readonly fate: LifeFate;
  readonly #api: ApiName;
  readonly #asks: ServingAsks;
  readonly #door: ModuleDoor;
  readonly #idle: IdleWatch;
  #current: Instance | undefined;
  #awaited = false;
  readonly #later: LaterStart;

  constructor(planned: PlannedModule, powers: LifePowers, record: LifeRecord, asks: ServingAsks) {
    this.wanted = planned;
    this.powers = powers;
    this.record = record;
    this.restarts = new RestartPolicy(planned.spec.restart, powers.clock, powers.random);
    this.draining = new Draining(powers);
    this.fate = new LifeFate(planned, powers, this.restarts);
    if (this.fate.own_cell) this.wanted = alone(planned);
    this.#api = planned.spec.api;
    this.#asks = asks;
    this.#door = new ModuleDoor(this.#api, powers);
    this.#idle = new IdleWatch(powers, asks);
    this.#later = new LaterStart(powers.clock, () => asks.start());
    this.hold("starting");
  }

  get current(): Instance | undefined {
    return this.#current;
  }
  /** A call waits since the last `hold` or `doze`. */
  get awaited(): boolean {
    return this.#awaited;
  }
  cancelRetry(): void {
    this.#later.cancel();
  }

  // ── where calls go ──

  /** They wait. */
  hold(state: ModuleState): void {
    this.record.state = state;
    this.#awaited = false;
    this.#door.hold(this.wanted, () => this.#awaited = true);
  }
  /** They wait, and wake the module; its tools are still shown. */
  doze(tools: readonly ToolSpec[]): void {
    this.record.state = "sleeping";
    this.record.reason = undefined;
    this.#awaited = false;
    this.#door.doze(this.wanted, tools, () => {
      if (!this.#awaited) this.#asks.wake();
      this.#awaited = true;
    });
  }
  /** They go to the current instance (again), if there is one. */
  serveOn(): void {
    if (this.#current === undefined) return;
    this.record.state = "running";
    this.#door.open(this.#current);
    this.#idle.watch(this.#current);
  }
  /** They are refused. */
  down(state: WhyDown): void {
    this.record.state = state;
    this.#door.shut(state);
  }

  // ── what serves ──

  /** It has come up: it serves, unless nobody wants the module any more, or its process ended in this very moment. */
  async take(instance: Instance): Promise<void> {
    if (this.unwanted) return await drainInstance(instance, this.powers, { bound_ms: UNWANTED_MS });
    if (!instance.cell.gone()) return this.#become(instance);
    this.missed(fault("module_killed", `the process of '${this.#api}' ended while it started`));
  }

  /** What runs keeps running. Else a process that died may do better next time; a source that does not load will not. */
  missed(why: Fault): void {
    if (isNoRoom(why) && this.#current === undefined) { // nobody's failure: nothing is counted
      this.hold("restarting");
      this.record.waits(why.message);
      return this.unwanted ? undefined : this.#later.in(ROOM_MS);
    }
    this.record.loadFailed(why);
    if (this.#current !== undefined) this.serveOn();
    else if (why.retriable || this.restarts.recent > 0) this.retry(why.message);
    else this.down("failed");
  }

  /** There is no current instance any more; gives the one there was. */
  ends(): Instance | undefined {
    const old = this.#current;
    this.#current = undefined;
    this.#idle.end();
    return old;
  }

  /** The current one ends; what follows does not wait for it. */
  endsLater(options: (old: Instance) => DrainOptions): void {
    const old = this.ends();
    if (old !== undefined) this.draining.add(old, options(old));
  }

  retry(why: string): void {
    if (this.unwanted) return;
    const next = this.restarts.next();
    if (next === "give_up") {
      this.down("quarantined");
      this.fate.keep(this.wanted, why);
      return this.record.quarantined(why, this.wanted.spec.restart, this.fate.blame);
    }
    this.fate.keep(this.wanted);
    this.hold("restarting");
    this.record.reason = why;
    this.#later.in(next.after_ms);
  }

  /** Quarantined since before this kernel: true when it stays so. */
  rests(): boolean {
    const { quarantined } = this.fate;
    if (quarantined === undefined) return false;
    this.down("quarantined");
    this.record.restsQuarantined(quarantined);
    return true;
  }
  /** A clean record: a new version, or the operator's word. */
  forgive(): void {
    this.restarts.forgive();
    this.fate.forgiven(this.wanted);
  }

  // ── what may happen by itself ──

  adopt(instance: Instance, phase: AdoptedPhase, { told }: AdoptedHow): void {
    const newest = this.#current === undefined || isNewerInstance(instance.id, this.#current.id);
    const serves = newest && (told === undefined ? phase !== "shutting_down" : told === "serves");
    if (!serves) return this.draining.add(instance, { adopted: true });
    if (told === undefined) this.wanted = instance.planned;
    this.#become(instance, { runs: phase === "running", adopted: true, told: told !== undefined });
  }

  failed(id: InstanceId, cell: Cell, phase: FailPhase, why: Fault): void {
    const instance = this.#current?.id === id ? this.#current : this.draining.find(id);
    if (instance?.cell !== cell) return;
    if (phase === "shutdown" || this.#current !== instance) return this.record.error(`${phase}: ${why.message}`);
    const text = `${phase === "run" ? "its run() failed" : `it failed (${phase})`}: ${why.message}`;
    this.record.failed(text, why.code);
    this.#lost(instance, text);
  }

  /** Its process has ended. One that another module of that process is to blame for is started again as if nothing were. */
  cellExited(ending: Ending): void {
    if (this.#current === undefined) return;
    const part = partIn(ending, this.#api);
    this.wanted = this.fate.died(this.wanted, ending, part);
    this.record.killed(ending, this.fate.blame, part);
    this.#lost(this.#current, ending.why, part);
  }

  /** The new instance serves from now on; its run() waits until the old one has ended. `runs`: it runs already. */
  #become(instance: Instance, { runs = false, adopted = false, told = false } = {}): void {
    this.#later.cancel();
    const old = this.ends();
    this.#current = instance;
    this.record.reason = undefined;
    this.serveOn();
    if (old !== undefined) this.draining.add(old, { adopted });
    void this.draining.alone({ adopted }).then(() => {
      // A kernel that handed over meanwhile has not seen the old ones end: run() is for the next one to start.
      if (!runs && this.#current === instance && this.powers.leadership.leads) instance.cell.run(instance.id);
    });
    if (told) return; // nothing has happened to it
    const { config, version } = (instance.planned.hash === this.wanted.hash ? this.wanted : instance.planned).spec;
    const detail = { config, version, instance: instance.id };
    this.powers.emit({ kind: old ? "module.reloaded" : "module.ready", api: this.#api, detail });
    const early = instance.cell.claim(instance.id);
    if (early !== undefined) this.failed(instance.id, instance.cell, early.phase, early.why);
  }

  /** The current instance is of no use any more: its calls end with a named fault, new ones wait for its successor. */
  #lost(instance: Instance, why: string, part: PartInEnd = "its_own"): void {
    const { broker, cells } = this.powers;
    this.ends();
    this.hold("restarting");
    const text = `'${this.#api}' ended while it served this call: ${why}`;
    broker.unseat(instance.id, fault("module_killed", text, { maybe_ran: true }));
    instance.cell.unload(instance.id);
    void cells.release(instance.cell, why);
    if (part !== "anothers") return this.retry(why);
    this.record.reason = why;
    if (!this.unwanted) this.#later.in(0);
  }
}
