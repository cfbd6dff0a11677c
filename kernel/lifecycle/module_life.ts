/**
 * One module's life, from its first start to its stop: at most one change at a time, in the order they were asked for. What a change is, is in
 * life_changes.ts; what else happens to what serves, in serving.ts.
 */
import type { Fault } from "../contract/fault.ts";
import type { ApiName, InstanceId } from "../contract/names.ts";
import type { PlannedModule } from "../contract/spec.ts";
import type { ModuleState } from "../contract/status.ts";
import type { FailPhase } from "../contract/wire.ts";
import type { Cell } from "../cell/mod.ts";
import { RunSerial } from "../primitives/run_serial.ts";
import type { Ending } from "./ending.ts";
import type { Instance } from "./instance.ts";
import { reloadModule, sleepModule, startModule, stopModule, wakeModule } from "./life_changes.ts";
import type { LifePowers } from "./life_powers.ts";
import { LifeRecord } from "./life_record.ts";
import type { LifeState } from "./life_state.ts";
import { type AdoptedHow, type AdoptedPhase, Serving } from "./serving.ts";

export class ModuleLife {
  readonly api: ApiName;
  readonly #powers: LifePowers;
  readonly #changes = new RunSerial();
  readonly #record: LifeRecord;
  readonly #serving: Serving;
  /** Counts what was asked for: only the latest is carried out. */
  #asked = 0;
  #stopped: Promise<void> | undefined;

  constructor(planned: PlannedModule, powers: LifePowers) {
    this.api = planned.spec.api;
    this.#powers = powers;
    this.#record = new LifeRecord(this.api, powers);
    this.#serving = new Serving(planned, powers, this.#record, {
      start: () => void this.start(),
      wake: () => void this.#bring(() => wakeModule(this.#serving)),
      sleep: (instance) => void this.#alter(() => sleepModule(this.#serving, instance)),
    });
  }

  // ── what the reconciler asks for; each resolves when it has taken effect or failed, and never rejects ──

  start(): Promise<void> {
    return this.#bring(() => startModule(this.#serving));
  }

  /** A newer config or source. What runs keeps running when the new one can't be had. */
  reload(planned: PlannedModule): Promise<void> {
    this.#serving.wanted = planned;
    return this.again();
  }

  /** Only the name of the config file or its version changed. */
  relabel(planned: PlannedModule): void {
    this.#serving.wanted = planned;
  }

  /** The operator's `reload`, and `quarantine lift`: starts afresh, with a clean record. */
  again(): Promise<void> {
    this.#serving.cancelRetry();
    const asked = ++this.#asked;
    return this.#alter(() => asked === this.#asked ? reloadModule(this.#serving) : undefined);
  }

  /** Resolves when none of the changes is under way that were asked for until then, also while this waited. */
  settled(): Promise<void> {
    return this.#changes.idle();
  }

  /** Ends the module. `bound_ms` cuts its time for a host that stops. */
  stop(bound_ms?: number): Promise<void> {
    this.#serving.unwanted = true;
    this.#serving.cancelRetry();
    const change = () => stopModule(this.#serving, bound_ms);
    // A host that stops waits for no former kernel: that one is told to end too.
    return this.#stopped ??= bound_ms === undefined ? this.#alter(change) : this.#bring(change);
  }

  /**
   * Forgets the state that was kept or set aside. A newer version that did not come to serve (the old one's state may be why) is loaded now, and begins
   * with nothing.
   */
  async dropState(): Promise<{ readonly kept: boolean; readonly set_aside: boolean; readonly reloaded: boolean }> {
    const dropped = await this.#changes.run(() => this.#powers.states.drop(this.api));
    const { current } = this.#serving;
    if (current === undefined || current.planned.hash === this.wanted.hash) return { ...dropped, reloaded: false };
    this.#serving.begins_empty = true;
    await this.again();
    return { ...dropped, reloaded: this.current?.planned.hash === this.wanted.hash };
  }

  // ── what a former kernel hands over ──

  /** What it has become so far, for the next kernel. */
  record(): LifeState {
    const { wanted, current, restarts } = this.#serving;
    const { source: { files: _, ...source } } = wanted;
    const { state, reason = null, errors, last_error } = this.#record;
    return {
      planned: { ...wanted, source },
      instance: current?.id ?? null,
      ...{ state, reason, errors, last_error, restarts: restarts.told() },
    };
  }

  /** The files of what is wanted, as this kernel read them: the former one told none, and its bundle may not be in the cache. */
  read({ hash, source }: PlannedModule): void {
    const { wanted } = this.#serving;
    if (wanted.hash === hash) this.#serving.wanted = { ...wanted, source };
  }

  /** It goes on as what it was: one that was given up stays so, all others are started unless a cell reports that they run. */
  inherit({ state, reason, errors, last_error, restarts }: LifeState): void {
    this.#record.errors = errors;
    this.#record.last_error = last_error;
    this.#serving.restarts.take(restarts);
    if (state !== "failed" && state !== "quarantined") return;
    this.#serving.down(state);
    if (reason !== null) this.#record.reason = reason;
  }
  /** It was given up: no start is due. */
  get given_up(): boolean {
    return this.state === "failed" || this.state === "quarantined";
  }

  // ── what cells report ──

  /** An instance that outlived the former kernel: it may make calls and finish those it has. */
  seat(instance: Instance): void {
    this.#powers.broker.seat(instance.seat);
    this.#powers.cells.hold(instance.cell);
  }

  /** It serves again. Of two, the newer one: the other was being replaced and finishes what callers that ask again still have with it. */
  adopt(instance: Instance, phase: AdoptedPhase, how: AdoptedHow = {}): void {
    this.#serving.adopt(instance, phase, how);
  }

  /** The Worker of that instance, if it is one of ours in that cell, reported an error that no call answers for. */
  failed(id: InstanceId, cell: Cell, phase: FailPhase, why: Fault): void {
    this.#serving.failed(id, cell, phase, why);
  }

  /** The process of its current instance has ended. */
  cellExited(ending: Ending): void {
    this.#serving.cellExited(ending);
  }

  get wanted(): PlannedModule {
    return this.#serving.wanted;
  }
  get current(): Instance | undefined {
    return this.#serving.current;
  }
  get state(): ModuleState {
    return this.#record.state;
  }
  get figures() {
    const { state, reason, errors, last_error } = this.#record;
    return {
      state,
      reason,
      errors,
      last_error,
      restarts: this.#serving.restarts.count,
      blame: this.#serving.fate.blame,
    };
  }

  #bring(change: () => Promise<void> | undefined): Promise<void> {
    return this.#change(change, false);
  }
  #alter(change: () => Promise<void> | undefined): Promise<void> {
    return this.#change(change, true);
  }
  #change(change: () => Promise<void> | undefined, alters: boolean): Promise<void> {
    return this.#changes.run(() => this.#powers.leadership.change(change, { alters }))
      .catch((error) => this.#record.error(`a defect of the host: ${error?.stack ?? error}`));
  }
}
