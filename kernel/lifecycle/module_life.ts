/**
 * One module's life, from its first start to its stop: at most one change at a time, in the order they were asked for.
 * Decisions about restarts are in restart_policy.ts; what a change does in the world is in bring_up.ts and drain_instance.ts.
 */
import { type Fault, fault } from "../contract/fault.ts";
import { type ApiName, type InstanceId, isNewerInstance } from "../contract/names.ts";
import type { PlannedModule } from "../contract/spec.ts";
import type { ModuleState } from "../contract/status.ts";
import type { FailPhase } from "../contract/wire.ts";
import type { Cell } from "../cell/mod.ts";
import { RunSerial } from "../primitives/run_serial.ts";
import { bringUp } from "./bring_up.ts";
import { drainInstance } from "./drain_instance.ts";
import { Draining } from "./draining.ts";
import type { Instance } from "./instance.ts";
import type { LifePowers } from "./life_powers.ts";
import { LifeRecord } from "./life_record.ts";
import { RestartPolicy } from "./restart_policy.ts";

export class ModuleLife {
  readonly api: ApiName;
  readonly #powers: LifePowers;
  readonly #changes = new RunSerial();
  readonly #restarts: RestartPolicy;
  readonly #record: LifeRecord;
  readonly #draining: Draining;
  /** What was asked for last, whether or not it could be had. */
  #wanted: PlannedModule;
  /** Counts what was asked for: only the latest is carried out. */
  #asked = 0;
  #current: Instance | undefined;
  #cancel_retry: () => void = () => {};
  #stopped: Promise<void> | undefined;

  constructor(planned: PlannedModule, powers: LifePowers) {
    this.api = planned.spec.api;
    this.#wanted = planned;
    this.#powers = powers;
    this.#restarts = new RestartPolicy(planned.spec.restart, powers.clock, powers.random);
    this.#record = new LifeRecord(this.api, powers);
    this.#draining = new Draining(powers);
    this.#hold("starting");
  }

  // ── what the reconciler asks for; each resolves when it has taken effect or failed, and never rejects ──

  start(): Promise<void> {
    return this.#change(() => this.#start());
  }

  /** A newer config or source. What runs keeps running when the new one can't be had. */
  reload(planned: PlannedModule): Promise<void> {
    this.#wanted = planned;
    return this.again();
  }

  /** Only the name of the config file or its version changed. */
  relabel(planned: PlannedModule): void {
    this.#wanted = planned;
  }

  /** The operator's `reload`, and `quarantine lift`: starts afresh, with a clean record. */
  again(): Promise<void> {
    this.#cancel_retry();
    const asked = ++this.#asked;
    return this.#change(() => asked === this.#asked ? this.#reload() : undefined);
  }

  /**
   * An instance that outlived the former kernel; it serves again at once. Of two, the newer one: the other was being replaced and
   * finishes what callers that ask again still have with it.
   */
  adopt(instance: Instance, phase: "ready" | "running" | "shutting_down"): void {
    this.#powers.broker.seat(instance.seat);
    this.#powers.cells.hold(instance.cell);
    const newest = phase !== "shutting_down" &&
      (this.#current === undefined || isNewerInstance(instance.id, this.#current.id));
    if (!newest) return this.#draining.add(instance, { adopted: true });
    this.#wanted = instance.planned;
    this.#become(instance, { runs: phase === "running", adopted: true });
  }

  /** Ends the module. `bound_ms` cuts its time for a host that stops. */
  stop(bound_ms?: number): Promise<void> {
    this.#cancel_retry();
    return this.#stopped ??= this.#change(() => this.#stop(bound_ms));
  }

  // ── what cells report ──

  /** The Worker of that instance, if it is one of ours in that cell, reported an error that no call answers for. */
  failed(id: InstanceId, cell: Cell, phase: FailPhase, why: Fault): void {
    const instance = this.#current?.id === id ? this.#current : this.#draining.find(id);
    if (instance?.cell !== cell) return;
    if (phase === "shutdown" || this.#current !== instance) return this.#record.error(`${phase}: ${why.message}`);
    const text = `${phase === "run" ? "its run() failed" : `it failed (${phase})`}: ${why.message}`;
    this.#record.failed(text, why.code);
    this.#lost(instance, text);
  }

  /** The process of its current instance has ended. */
  cellExited(why: string): void {
    if (this.#current === undefined) return;
    this.#record.error(why);
    this.#powers.emit({ kind: "module.killed", api: this.api, message: why });
    this.#lost(this.#current, why);
  }

  get wanted(): PlannedModule {
    return this.#wanted;
  }
  get current(): Instance | undefined {
    return this.#current;
  }
  get state(): ModuleState {
    return this.#record.state;
  }
  get figures() {
    const { state, reason, errors, last_error } = this.#record;
    return { state, reason, errors, last_error, restarts: this.#restarts.count };
  }

  #change(change: () => Promise<void> | undefined): Promise<void> {
    return this.#changes.run(async () => await change())
      .catch((error) => this.#record.error(`a defect of the host: ${error?.stack ?? error}`));
  }

  async #start(): Promise<void> {
    if (this.#stopped || this.#current !== undefined) return;
    this.#hold("starting");
    this.#powers.emit({ kind: "module.starting", api: this.api });
    const brought = await bringUp(this.#wanted, this.#powers);
    if (brought.ok) return await this.#take(brought.value);
    this.#missed(brought.fault);
  }

  async #reload(): Promise<void> {
    if (this.#stopped) return;
    const planned = this.#wanted;
    const old = this.#current;
    this.#restarts.adjust(planned.spec.restart);
    this.#restarts.forgive();
    if (old === undefined) return await this.#start();
    this.#record.state = "reloading";
    if (planned.spec.reload === "stop_start") return await this.#stopStart(old, planned);
    const brought = await bringUp(planned, this.#powers);
    if (brought.ok) return await this.#take(brought.value);
    this.#record.loadFailed(brought.fault);
    if (this.#current !== undefined) this.#record.state = "running"; // the old one never stopped serving
  }

  /** For a module that owns something only one may own: the old one ends first, calls wait. */
  async #stopStart(old: Instance, planned: PlannedModule): Promise<void> {
    this.#hold("reloading");
    this.#current = undefined;
    await drainInstance(old, this.#powers);
    if (this.#stopped) return;
    const brought = await bringUp(planned, this.#powers);
    if (brought.ok) return await this.#take(brought.value);
    this.#record.loadFailed(brought.fault);
    const former = await bringUp(old.planned, this.#powers);
    if (!former.ok) return this.#retry(former.fault.message);
    await this.#take(former.value);
    this.#record.reason = brought.fault.message;
  }

  async #stop(bound_ms?: number): Promise<void> {
    const old = this.#current;
    this.#current = undefined;
    this.#down("stopped");
    if (old !== undefined) this.#draining.add(old, { bound_ms });
    await this.#draining.done();
    this.#powers.emit({ kind: "module.stopped", api: this.api });
  }

  /** It has come up: it serves, unless nobody wants the module any more, or its process ended in this very moment. */
  async #take(instance: Instance): Promise<void> {
    if (this.#stopped) return await drainInstance(instance, this.#powers, 500);
    if (!instance.cell.gone()) return this.#become(instance);
    this.#missed(fault("module_killed", `the process of '${this.api}' ended while it started`));
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
    const { broker, tools, emit } = this.#powers;
    const old = this.#current;
    this.#cancel_retry();
    this.#current = instance;
    this.#record.state = "running";
    this.#record.reason = undefined;
    tools.publish(this.api, instance.tools);
    broker.route(this.api, { to: "seat", seat: instance.seat });
    if (old !== undefined) this.#draining.add(old, { adopted });
    void this.#draining.alone({ adopted }).then(() => {
      if (!runs && this.#current === instance) instance.cell.run(instance.id);
    });
    const { config, version } = (instance.planned.hash === this.#wanted.hash ? this.#wanted : instance.planned).spec;
    const detail = { config, version, instance: instance.id };
    emit({ kind: old ? "module.reloaded" : "module.ready", api: this.api, detail });
    const early = instance.cell.claim(instance.id);
    if (early !== undefined) this.failed(instance.id, instance.cell, early.phase, early.why);
  }

  /** The current instance is of no use any more: its calls end with a named fault, new ones wait for its successor. */
  #lost(instance: Instance, why: string): void {
    const { broker, cells } = this.#powers;
    this.#current = undefined;
    this.#hold("restarting");
    const text = `'${this.api}' ended while it served this call: ${why}`;
    broker.unseat(instance.id, fault("module_killed", text, { maybe_ran: true }));
    instance.cell.unload(instance.id);
    void cells.release(instance.cell, why);
    this.#retry(why);
  }

  #retry(why: string): void {
    if (this.#stopped) return;
    const next = this.#restarts.next();
    if (next === "give_up") {
      this.#down("quarantined");
      return this.#record.quarantined(why, this.#wanted.spec.restart);
    }
    this.#hold("restarting");
    this.#record.reason = why;
    this.#cancel_retry();
    this.#cancel_retry = this.#powers.clock.after(next.after_ms, () => void this.start());
  }

  #down(state: "failed" | "stopped" | "quarantined"): void {
    this.#record.state = state;
    this.#powers.broker.route(this.api, { to: "down", quarantined: state === "quarantined" });
    this.#powers.tools.withdraw(this.api);
  }

  #hold(state: ModuleState): void {
    this.#record.state = state;
    this.#powers.broker.route(this.api, { to: "hold", limits: this.#wanted.spec.limits });
  }
}
