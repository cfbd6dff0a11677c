/**
 * What of a module serves now, and what becomes of that: the changes (one at a time, module_life.ts sees to it), and what may happen in between.
 * Decisions about restarts are in restart_policy.ts; what a change does in the world is in restore.ts, replace_instance.ts and drain_instance.ts.
 */
import { type Fault, fault } from "../contract/fault.ts";
import { type ApiName, type InstanceId, isNewerInstance } from "../contract/names.ts";
import type { PlannedModule } from "../contract/spec.ts";
import type { ModuleState } from "../contract/status.ts";
import type { FailPhase } from "../contract/wire.ts";
import type { Cell } from "../cell/mod.ts";
import { drainInstance } from "./drain_instance.ts";
import { Draining } from "./draining.ts";
import { exportsState, type Instance } from "./instance.ts";
import type { KeptState } from "./kept_states.ts";
import { keepLastState } from "./leave_state.ts";
import type { LifePowers } from "./life_powers.ts";
import type { LifeRecord } from "./life_record.ts";
import { ModuleDoor } from "./module_door.ts";
import { replaceInstance, type Turn } from "./replace_instance.ts";
import { RestartPolicy } from "./restart_policy.ts";
import { restore } from "./restore.ts";

/** What it asks for by itself. */
export interface ServingAsks {
  start(): void;
}

/** All that a new instance gets when nobody wants its module any more. */
const UNWANTED_MS = 500;

export class Serving {
  /** What was asked for last, whether or not it could be had. */
  wanted: PlannedModule;
  readonly #api: ApiName;
  readonly #powers: LifePowers;
  readonly #record: LifeRecord;
  readonly #asks: ServingAsks;
  readonly #restarts: RestartPolicy;
  readonly #draining: Draining;
  readonly #door: ModuleDoor;
  #current: Instance | undefined;
  #begins_empty = false;
  #unwanted = false;
  #cancel_retry: () => void = () => {};

  constructor(planned: PlannedModule, powers: LifePowers, record: LifeRecord, asks: ServingAsks) {
    this.wanted = planned;
    this.#api = planned.spec.api;
    this.#powers = powers;
    this.#record = record;
    this.#asks = asks;
    this.#restarts = new RestartPolicy(planned.spec.restart, powers.clock, powers.random);
    this.#draining = new Draining(powers);
    this.#door = new ModuleDoor(this.#api, powers);
    this.#hold("starting");
  }

  get current(): Instance | undefined {
    return this.#current;
  }
  get restarts(): number {
    return this.#restarts.count;
  }

  cancelRetry(): void {
    this.#cancel_retry();
  }
  /** Nothing is started any more: a stop has been asked for. */
  unwanted(): void {
    this.#unwanted = true;
    this.#cancel_retry();
  }
  /** The next reload hands no state on. */
  beginEmpty(): void {
    this.#begins_empty = true;
  }

  // ── changes ──

  async start(): Promise<void> {
    if (this.#unwanted || this.#current !== undefined) return;
    this.#hold("starting");
    this.#powers.emit({ kind: "module.starting", api: this.#api });
    const brought = await restore(this.wanted, this.#powers, "start_empty");
    if (brought.ok) return await this.#take(brought.value);
    this.#missed(brought.fault);
  }

  async reload(): Promise<void> {
    if (this.#unwanted) return;
    const planned = this.wanted;
    const old = this.#current;
    const empty = this.#begins_empty;
    this.#begins_empty = false;
    this.#restarts.adjust(planned.spec.restart);
    this.#restarts.forgive();
    if (old === undefined) return await this.start();
    this.#record.state = "reloading";
    const replaced = await replaceInstance(old, planned, this.#powers, this.#turn(old), { empty });
    switch (replaced.is) {
      case "ready":
        if (replaced.missed !== undefined) this.#record.loadFailed(replaced.missed);
        await this.#take(replaced.instance);
        if (replaced.missed !== undefined) this.#record.reason = replaced.missed.message;
        return await this.#keep(replaced.carried);
      case "refused":
        this.#record.loadFailed(replaced.why);
        if (this.#current !== undefined) this.#record.state = "running"; // the old one never stopped serving
        return;
      case "ended":
        this.#record.loadFailed(replaced.missed);
        return this.#retry(replaced.why.message);
    }
  }

  async stop(bound_ms?: number): Promise<void> {
    const old = this.#current;
    this.#current = undefined;
    this.#down("stopped");
    if (old !== undefined) {
      const idle = (ms: number) => keepLastState(old, this.#powers, ms);
      this.#draining.add(old, { bound_ms, ...(exportsState(old) && { idle }) });
    }
    await this.#draining.done();
    this.#powers.emit({ kind: "module.stopped", api: this.#api });
  }

  // ── what may happen in between ──

  adopt(instance: Instance, phase: "ready" | "running" | "shutting_down"): void {
    const newest = phase !== "shutting_down" &&
      (this.#current === undefined || isNewerInstance(instance.id, this.#current.id));
    if (!newest) return this.#draining.add(instance, { adopted: true });
    this.wanted = instance.planned;
    this.#become(instance, { runs: phase === "running", adopted: true });
  }

  failed(id: InstanceId, cell: Cell, phase: FailPhase, why: Fault): void {
    const instance = this.#current?.id === id ? this.#current : this.#draining.find(id);
    if (instance?.cell !== cell) return;
    if (phase === "shutdown" || this.#current !== instance) return this.#record.error(`${phase}: ${why.message}`);
    const text = `${phase === "run" ? "its run() failed" : `it failed (${phase})`}: ${why.message}`;
    this.#record.failed(text, why.code);
    this.#lost(instance, text);
  }

  cellExited(why: string): void {
    if (this.#current === undefined) return;
    this.#record.error(why);
    this.#powers.emit({ kind: "module.killed", api: this.#api, message: why });
    this.#lost(this.#current, why);
  }

  #turn(old: Instance): Turn {
    return {
      hold: () => this.#hold("reloading"),
      serveOn: () => this.#current === old ? this.#door.open(old) : undefined,
      ends: () => this.#current = undefined,
      over: () => this.#unwanted || this.#current !== old,
      stopped: () => this.#unwanted,
    };
  }

  /** So that a module whose process dies begins with what it had at its last reload. */
  async #keep(state: KeptState | undefined): Promise<void> {
    if (state === undefined) return;
    await this.#powers.states.keep(this.#api, state)
      .catch((error) => this.#record.error(`its state could not be kept: ${error}`));
  }

  /** It has come up: it serves, unless nobody wants the module any more, or its process ended in this very moment. */
  async #take(instance: Instance): Promise<void> {
    if (this.#unwanted) return await drainInstance(instance, this.#powers, { bound_ms: UNWANTED_MS });
    if (!instance.cell.gone()) return this.#become(instance);
    this.#missed(fault("module_killed", `the process of '${this.#api}' ended while it started`));
  }

  /** What runs keeps running. Else a process that died may do better next time; a source that does not load will not. */
  #missed(why: Fault): void {
    this.#record.loadFailed(why);
    if (this.#current !== undefined) this.#record.state = "running";
    else if (why.retriable || this.#restarts.recent > 0) this.#retry(why.message);
    else this.#down("failed");
  }

  /** The new instance serves from now on; its run() waits until the old one has ended. `runs`: it runs already. */
  #become(instance: Instance, { runs = false, adopted = false } = {}): void {
    const old = this.#current;
    this.#cancel_retry();
    this.#current = instance;
    this.#record.state = "running";
    this.#record.reason = undefined;
    this.#door.open(instance);
    if (old !== undefined) this.#draining.add(old, { adopted });
    void this.#draining.alone({ adopted }).then(() => {
      if (!runs && this.#current === instance) instance.cell.run(instance.id);
    });
    const { config, version } = (instance.planned.hash === this.wanted.hash ? this.wanted : instance.planned).spec;
    const detail = { config, version, instance: instance.id };
    this.#powers.emit({ kind: old ? "module.reloaded" : "module.ready", api: this.#api, detail });
    const early = instance.cell.claim(instance.id);
    if (early !== undefined) this.failed(instance.id, instance.cell, early.phase, early.why);
  }

  /** The current instance is of no use any more: its calls end with a named fault, new ones wait for its successor. */
  #lost(instance: Instance, why: string): void {
    const { broker, cells } = this.#powers;
    this.#current = undefined;
    this.#hold("restarting");
    const text = `'${this.#api}' ended while it served this call: ${why}`;
    broker.unseat(instance.id, fault("module_killed", text, { maybe_ran: true }));
    instance.cell.unload(instance.id);
    void cells.release(instance.cell, why);
    this.#retry(why);
  }

  #retry(why: string): void {
    if (this.#unwanted) return;
    const next = this.#restarts.next();
    if (next === "give_up") {
      this.#down("quarantined");
      return this.#record.quarantined(why, this.wanted.spec.restart);
    }
    this.#hold("restarting");
    this.#record.reason = why;
    this.#cancel_retry();
    this.#cancel_retry = this.#powers.clock.after(next.after_ms, () => this.#asks.start());
  }

  #down(state: "failed" | "stopped" | "quarantined"): void {
    this.#record.state = state;
    this.#door.shut({ quarantined: state === "quarantined" });
  }

  #hold(state: ModuleState): void {
    this.#record.state = state;
    this.#door.hold(this.wanted);
  }
}
