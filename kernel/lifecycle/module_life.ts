/**
 * One module's life, from its first start to its stop: at most one change at a time, in the order they were asked for.
 * Decisions about restarts are in restart_policy.ts; what a change does in the world is in bring_up.ts and drain_instance.ts.
 */
import { type Fault, fault } from "../contract/fault.ts";
import { type ApiName, isNewerInstance } from "../contract/names.ts";
import type { PlannedModule } from "../contract/spec.ts";
import type { ModuleState } from "../contract/status.ts";
import type { FailPhase } from "../contract/wire.ts";
import { RunSerial } from "../primitives/run_serial.ts";
import { bringUp } from "./bring_up.ts";
import { drainInstance, pause } from "./drain_instance.ts";
import type { Instance } from "./instance.ts";
import type { LifePowers } from "./life_powers.ts";
import { RestartPolicy } from "./restart_policy.ts";

/** After a kernel's crash: by then the callers of an instance that was being replaced have asked again. */
const ADOPTED_DRAIN_MS = 500;

export class ModuleLife {
  readonly api: ApiName;
  readonly #powers: LifePowers;
  readonly #changes = new RunSerial();
  readonly #restarts: RestartPolicy;
  /** What was asked for last, whether or not it could be had. */
  #wanted: PlannedModule;
  #current: Instance | undefined;
  /** Old instances that finish what they have. */
  readonly #draining = new Map<Instance, Promise<void>>();
  #state: ModuleState = "starting";
  #reason: string | undefined;
  #errors = 0;
  #last_error: number | null = null;
  #cancel_retry: () => void = () => {};
  #ended = false;

  constructor(planned: PlannedModule, powers: LifePowers) {
    this.api = planned.spec.api;
    this.#wanted = planned;
    this.#powers = powers;
    this.#restarts = new RestartPolicy(planned.spec.restart, powers.clock, powers.random);
    this.#hold();
  }

  // ── what the reconciler asks for ──

  start(): Promise<void> {
    return this.#changes.run(() => this.#start());
  }

  /** A newer config or source. What runs keeps running when the new one can't be had. */
  reload(planned: PlannedModule): Promise<void> {
    this.#cancel_retry();
    this.#wanted = planned;
    return this.#changes.run(() => this.#reload(planned));
  }

  /** Only the name of the config file or its version changed. */
  relabel(planned: PlannedModule): void {
    this.#wanted = planned;
  }

  /**
   * An instance that outlived the former kernel; it serves again at once. Of two, the newer one: the other was being replaced and
   * finishes what callers that ask again still have with it.
   */
  adopt(instance: Instance, phase: "ready" | "running" | "shutting_down"): void {
    this.#powers.broker.seat(instance.seat);
    const newest = phase !== "shutting_down" &&
      (this.#current === undefined || isNewerInstance(instance.id, this.#current.id));
    const former = newest ? this.#current : instance;
    if (newest) {
      this.#wanted = instance.planned;
      this.#become(instance, { runs: phase === "running" });
    }
    if (former !== undefined) this.#drain(former, { after_ms: ADOPTED_DRAIN_MS });
  }

  /** Ends the module. `bound_ms` cuts its time for a host that stops. */
  stop(bound_ms?: number): Promise<void> {
    this.#ended = true;
    this.#cancel_retry();
    return this.#changes.run(() => this.#stop(bound_ms));
  }

  /** The operator's `reload`, and `quarantine lift`: starts afresh, with a clean record. */
  again(): Promise<void> {
    this.#cancel_retry();
    this.#restarts.forgive();
    return this.#changes.run(() => this.#reload(this.#wanted));
  }

  // ── what cells report ──

  /** Its Worker reported an error that no call answers for. */
  failed(instance: Instance["id"], phase: FailPhase, why: Fault): void {
    this.#recordError(`${phase}: ${why.message}`);
    if (phase === "shutdown" || this.#current?.id !== instance) return;
    this.#lost(this.#current, `${phase === "run" ? "its run() failed" : `it failed (${phase})`}: ${why.message}`);
  }

  /** The process of one of its instances has ended. */
  cellExited(instance: Instance["id"], why: string): void {
    if (this.#current?.id !== instance) return;
    this.#recordError(why);
    this.#powers.emit({ kind: "module.killed", api: this.api, message: why });
    this.#lost(this.#current, why);
  }

  // ── figures ──

  get wanted(): PlannedModule {
    return this.#wanted;
  }
  get current(): Instance | undefined {
    return this.#current;
  }
  get state(): ModuleState {
    return this.#state;
  }
  get figures() {
    return {
      state: this.#state,
      reason: this.#reason,
      errors: this.#errors,
      last_error: this.#last_error,
      restarts: this.#restarts.count,
    };
  }

  // ── changes, one at a time ──

  async #start(): Promise<void> {
    if (this.#ended || this.#current !== undefined) return;
    const planned = this.#wanted;
    this.#hold();
    this.#powers.emit({ kind: "module.starting", api: this.api });
    const brought = await bringUp(planned, this.#powers);
    if (this.#ended && brought.ok) return void (await drainInstance(brought.value, this.#powers, 500));
    if (brought.ok) return this.#become(brought.value);
    this.#loadFailed(brought.fault);
    // A process that died while loading may do better next time; a source that does not load will not.
    if (brought.fault.code === "module_killed" || this.#restarts.count > 0) return this.#retry(brought.fault.message);
    this.#state = "failed";
    this.#powers.broker.route(this.api, { to: "down", quarantined: false });
  }

  async #reload(planned: PlannedModule): Promise<void> {
    if (this.#ended || planned !== this.#wanted) return; // a still newer one is asked for
    const old = this.#current;
    this.#restarts.adjust(planned.spec.restart);
    if (old === undefined) {
      this.#restarts.forgive();
      return await this.#start();
    }
    this.#state = "reloading";
    if (planned.spec.reload === "stop_start") return await this.#stopStart(old, planned);
    const brought = await bringUp(planned, this.#powers);
    if (!brought.ok) {
      this.#loadFailed(brought.fault);
      if (this.#current !== undefined) this.#state = "running"; // the old one never stopped serving
      return;
    }
    this.#become(brought.value, { old });
  }

  /** For a module that owns something only one may own: the old one ends first, calls wait. */
  async #stopStart(old: Instance, planned: PlannedModule): Promise<void> {
    this.#hold("reloading");
    this.#current = undefined;
    await drainInstance(old, this.#powers);
    const brought = await bringUp(planned, this.#powers);
    if (brought.ok) return this.#become(brought.value);
    this.#loadFailed(brought.fault);
    const former = await bringUp(old.planned, this.#powers);
    if (former.ok) this.#become(former.value);
    else this.#retry(former.fault.message);
  }

  async #stop(bound_ms?: number): Promise<void> {
    const old = this.#current;
    this.#current = undefined;
    this.#state = "stopped";
    this.#powers.broker.route(this.api, { to: "down", quarantined: false });
    this.#powers.tools.withdraw(this.api);
    if (old !== undefined) this.#drain(old, { bound_ms });
    await Promise.all(this.#draining.values());
    this.#powers.emit({ kind: "module.stopped", api: this.api });
  }

  /** The new instance serves from now on; its run() waits until the old one has ended. `runs`: it runs already. */
  #become(instance: Instance, { old, runs = false }: { old?: Instance; runs?: boolean } = {}): void {
    const { broker, tools, emit } = this.#powers;
    this.#current = instance;
    this.#state = "running";
    this.#reason = undefined;
    tools.publish(this.api, instance.tools);
    broker.route(this.api, { to: "seat", seat: instance.seat });
    if (old !== undefined) this.#drain(old);
    if (instance.cell.gone()) return this.cellExited(instance.id, "its process ended while it started");
    void Promise.all(this.#draining.values()).then(() => {
      if (this.#current === instance && !runs) instance.cell.run(instance.id);
    });
    const { config, version } = this.#wanted.spec;
    emit({
      kind: old ? "module.reloaded" : "module.ready",
      api: this.api,
      detail: { config, version, instance: instance.id },
    });
  }

  #drain(old: Instance, { bound_ms, after_ms = 0 }: { bound_ms?: number | undefined; after_ms?: number } = {}): void {
    const waited = after_ms === 0 ? Promise.resolve() : pause(this.#powers.clock, after_ms);
    const drained = waited.then(() => drainInstance(old, this.#powers, bound_ms)).finally(() =>
      this.#draining.delete(old)
    );
    this.#draining.set(old, drained);
  }

  /** The current instance is of no use any more: its calls end with a named fault, new ones wait for its successor. */
  #lost(instance: Instance, why: string): void {
    const { broker, cells } = this.#powers;
    this.#current = undefined;
    this.#hold("restarting");
    broker.unseat(
      instance.id,
      fault("module_killed", `'${this.api}' ended while it served this call: ${why}`, { maybe_ran: true }),
    );
    instance.cell.unload(instance.id);
    if (instance.planned.spec.cell === "own") void cells.end(instance.cell, why);
    this.#retry(why);
  }

  #retry(why: string): void {
    if (this.#ended) return;
    const next = this.#restarts.next();
    if (next === "give_up") return this.#quarantine(why);
    this.#hold("restarting");
    this.#reason = why;
    this.#cancel_retry = this.#powers.clock.after(next.after_ms, () => void this.start());
  }

  #quarantine(why: string): void {
    const { broker, emit, log } = this.#powers;
    const { max, window_s } = this.#wanted.spec.restart;
    this.#state = "quarantined";
    this.#reason = why;
    broker.route(this.api, { to: "down", quarantined: true });
    const message = `restarted ${max} times within ${window_s} s, now quarantined: ${why}`;
    emit({ kind: "module.quarantined", api: this.api, message });
    log("ERROR", this.api, `${message}; mend it, then 'quarantine lift ${this.api}'`);
  }

  #loadFailed(why: Fault): void {
    this.#reason = why.message;
    this.#recordError(why.message);
    this.#powers.emit({ kind: "module.failed", api: this.api, message: why.message, detail: { code: why.code } });
  }

  #recordError(text: string): void {
    this.#errors++;
    this.#last_error = this.#powers.clock.now() / 1000;
    this.#powers.log("ERROR", this.api, text);
  }

  #hold(state: ModuleState = "starting"): void {
    const { calls_in_flight, call_timeout_ms } = this.#wanted.spec.limits;
    this.#state = state;
    this.#powers.broker.route(this.api, { to: "hold", calls_in_flight, call_timeout_ms });
  }
}
