/** The modules of this cell: which there are, and what the kernel orders about them. */
import { fault } from "../../contract/fault.ts";
import type { Limits } from "../../contract/limits.ts";
import type { InstanceId } from "../../contract/names.ts";
import type { Clock } from "../../contract/powers.ts";
import type { CellFigures, CellReport, LoadOrder, Payload } from "../../contract/wire.ts";
import { readJsonPayload } from "../../primitives/json_payload.ts";
import type { ToWorker } from "../port.ts";
import type { LastRun } from "../running_mark.ts";
import { HostedModule } from "./hosted_module.ts";
import type { StateOrder } from "./hosted_state.ts";
import { notServing } from "./load_faults.ts";
import type { MakeWorker, ModuleListener } from "./module_listener.ts";
import { faultPayload } from "./refusal.ts";

export class InstanceTable {
  readonly #make: MakeWorker;
  readonly #clock: Clock;
  readonly #listener: ModuleListener;
  readonly #modules = new Map<InstanceId, HostedModule>();

  constructor(make: MakeWorker, clock: Clock, listener: ModuleListener) {
    this.#make = make;
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Whether it takes calls. */
  serves(id: InstanceId): boolean {
    return this.#modules.get(id)?.serves ?? false;
  }
  isLoading(id: InstanceId): boolean {
    return this.#modules.get(id)?.phase === "loading";
  }
  isDormant(id: InstanceId): boolean {
    return this.#modules.get(id)?.signs.dormant ?? false;
  }
  limits(id: InstanceId): Limits | undefined {
    return this.#modules.get(id)?.order.limits;
  }
  /** The newest instance of that api. */
  instanceOf(api: string): InstanceId | undefined {
    return [...this.#modules.values()].findLast(({ order }) => order.api === api)?.id;
  }
  /** What they may use of a core, together. */
  get cpu_percent(): number {
    return [...this.#modules.values()].reduce((sum, { order }) => sum + order.limits.cpu_percent, 0);
  }
  /** The most that one of them takes in one message. */
  get message_bytes(): number {
    return Math.max(0, ...[...this.#modules.values()].map(({ order }) => order.limits.message_bytes));
  }
  /** All that sit here, whatever their phase. */
  ids(): InstanceId[] {
    return [...this.#modules.keys()];
  }
  /** The most bytes that one Worker has not shown to have taken. */
  get untaken_bytes(): number {
    let most = 0;
    for (const module of this.#modules.values()) most = Math.max(most, module.worker?.untaken_bytes ?? 0);
    return most;
  }
  report(): CellReport["instances"] {
    return [...this.#modules.values()].filter(({ leaving }) => !leaving).map((module) => module.report());
  }
  figures(): CellFigures["instances"] {
    return [...this.#modules.values()].map((module) => module.figures());
  }
  /** Resolves when every Worker that is not busy has told its figures anew. */
  async refresh(): Promise<void> {
    await Promise.all([...this.#modules.values()].map((module) => module.answers()));
  }

  deliver(id: InstanceId, message: ToWorker): void {
    this.#modules.get(id)?.post(message);
  }
  ping(id: InstanceId): void {
    this.#modules.get(id)?.ping();
  }
  /** Tells every Worker to give back what it does not use. */
  releaseMemory(): void {
    for (const module of this.#modules.values()) module.post({ t: "release" });
  }

  /** Ordered twice, it only says again that it is loaded. */
  async load(id: InstanceId, payload: Payload): Promise<void> {
    const known = this.#modules.get(id);
    if (known !== undefined) return known.serves ? known.sayLoaded() : undefined;
    const order = readJsonPayload(payload) as LoadOrder | undefined;
    if (order === undefined) {
      const why = fault("load_failed", "the order to load could not be read");
      return this.#listener.say({ t: "failed", instance: id, phase: "load" }, faultPayload(why));
    }
    const module = new HostedModule(id, order, this.#clock, this.#listener);
    this.#modules.set(id, module);
    await module.load(this.#make);
  }

  run(id: InstanceId): void {
    this.#modules.get(id)?.run();
  }

  shutdown(id: InstanceId): void {
    const module = this.#modules.get(id);
    if (module === undefined) this.#listener.say({ t: "ended", instance: id, what: "shutdown" });
    else module.shutdown();
  }

  /** Exports its state, or imports one. */
  carry(id: InstanceId, order: StateOrder): void {
    const module = this.#modules.get(id);
    if (module?.serves) return module.carry(order);
    this.#listener.say({ t: "state", id: order.id, ok: false }, faultPayload(notServing(id)));
  }

  /** Ends its Worker, once that is idle, and forgets it. */
  unload(id: InstanceId): void {
    const module = this.#modules.get(id);
    const forget = () => {
      module?.drop();
      this.#modules.delete(id);
      this.#listener.say({ t: "ended", instance: id, what: "worker" });
    };
    if (module === undefined) forget();
    else module.leave(forget);
  }

  /** No call begins there any more. Where nobody knows whose fault it is: that of the only module, or of the only one whose code was running. */
  stop(id: InstanceId | undefined): { readonly id: InstanceId; readonly last: LastRun } | undefined {
    const stopped = (id === undefined ? this.ids() : [id]).flatMap((id) => {
      const last = this.#modules.get(id)?.worker?.stop();
      return last === undefined ? [] : [{ id, last }];
    });
    if (stopped.length > 1) return onlyOne(stopped.filter(({ last }) => last.busy));
    return onlyOne(stopped);
  }

  /** Ends all Workers, the last one first. */
  endAll(): void {
    for (const module of [...this.#modules.values()].reverse()) module.drop();
  }
}

function onlyOne<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}
