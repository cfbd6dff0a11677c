/** One module instance in this cell: its phase, its Worker, what it says. The phase stands here alone; the kernel is told of each change. */
import { type Fault, fault } from "../../contract/fault.ts";
import type { InstanceId } from "../../contract/names.ts";
import type { Clock } from "../../contract/powers.ts";
import type { CellFigures, CellMessage, CellReport, FailPhase, LoadOrder, Payload } from "../../contract/wire.ts";
import { writeJsonPayload } from "../../primitives/json_payload.ts";
import type { FromWorker, ToWorker } from "../port.ts";
import { NO_FIGURES } from "./figures.ts";
import { HostedState, type StateOrder } from "./hosted_state.ts";
import { loadedLate, refuseTools } from "./load_faults.ts";
import type { LogLevel } from "./module_log.ts";
import type { MakeWorker, ModuleListener } from "./module_listener.ts";
import type { ModuleWorker } from "./module_worker.ts";
import { parseWorkerMessage } from "./parse_worker_message.ts";
import { faultPayload } from "./refusal.ts";
import { SignsOfLife } from "./signs_of_life.ts";

/** What a module says of itself when it has been made. */
type Traits = Omit<FromWorker & { t: "ready" }, "t">;
type Phase = CellReport["instances"][number]["phase"];

const ANSWER_MS = 250; // within which a module that is idle answers a ping

export class HostedModule {
  readonly id: InstanceId;
  readonly order: LoadOrder;
  readonly #clock: Clock;
  readonly #listener: ModuleListener;
  #phase: Phase = "loading";
  #started_at: number;
  #run: "never" | "told" | "ended" = "never";
  #traits: Traits = { tools: [], has_run: false };
  readonly #state: HostedState;
  #worker: ModuleWorker | undefined;
  #leaving = false;
  #figures = NO_FIGURES;
  readonly signs: SignsOfLife;

  constructor(id: InstanceId, order: LoadOrder, clock: Clock, listener: ModuleListener) {
    this.id = id;
    this.order = order;
    this.#clock = clock;
    this.#listener = listener;
    this.#started_at = clock.now();
    this.#state = new HostedState(order);
    this.signs = new SignsOfLife(clock, order);
  }

  get phase(): Phase {
    return this.#phase;
  }
  get leaving(): boolean {
    return this.#leaving;
  }
  /** Whether it takes calls. */
  get serves(): boolean {
    return this.#worker !== undefined && !this.#leaving && this.#phase !== "loading" && this.#phase !== "failed";
  }
  report(): CellReport["instances"][number] {
    return {
      instance: this.id,
      api: this.order.api,
      hash: this.order.hash,
      phase: this.#phase,
      started_at: this.#started_at,
      ...this.#traits,
      ...this.#state.report(this.#traits.state),
    };
  }
  figures(): CellFigures["instances"][number] {
    return { instance: this.id, ...this.#figures };
  }
  get worker(): ModuleWorker | undefined {
    return this.#worker;
  }
  post(message: ToWorker): void {
    this.signs.told(message);
    this.#worker?.post(message);
  }
  ping(): void {
    this.signs.told({ t: "ping" });
    this.#worker?.ping();
  }

  /** Makes the Worker; what comes of it is said by `loaded` or `failed`. */
  async load(make: MakeWorker): Promise<void> {
    const began = this.#clock.monotonic();
    const made = await make(this.order, {
      word: (header, payload) => this.#rumour(header, payload),
      turn: () => this.#turn(),
      crashed: (message) => this.#crashed(message),
    }).catch((error) => fault("load_failed", `the Worker of '${this.order.api}' could not be made: ${error}`));
    if ("code" in made) return this.#loadFailed(made);
    if (this.#leaving) return made.terminate();
    this.#worker = made;
    const { limits } = this.order;
    this.#listener.made(this.id, limits);
    const left = limits.load_ms - (this.#clock.monotonic() - began);
    this.#clock.after(Math.max(0, left), () => void this.#loadIsLate());
  }

  sayLoaded(): void {
    const { has_run: run, ...traits } = this.#traits;
    this.#say({ t: "loaded", instance: this.id }, writeJsonPayload({ ...traits, run }));
  }

  /** Told twice, it says again what came of it: a kernel that crashed may have missed that. */
  run(): void {
    if (this.#worker === undefined || this.#phase === "loading") return;
    if (this.#run === "ended") return this.#say({ t: "ended", instance: this.id, what: "run" });
    if (this.#run === "told") return;
    this.#run = "told";
    if (this.#phase === "ready") this.#phase = "running";
    this.post({ t: "run" });
  }

  shutdown(): void {
    if (this.#worker === undefined) return this.#say({ t: "ended", instance: this.id, what: "shutdown" });
    this.#phase = "shutting_down";
    this.post({ t: "shutdown" });
  }

  /** Exports its state, or imports one; the Worker must at least notice. */
  carry(order: StateOrder): void {
    this.#state.told(order);
    this.post(order);
    this.#listener.told(this.id);
  }

  /** Calls back once its Worker has shown that it is not busy, and so may be terminated; one that is, is the guard's. */
  leave(then: () => void): void {
    if (this.#leaving) return;
    this.#leaving = true;
    if (this.#worker === undefined) return then();
    this.signs.await(then);
    this.#listener.told(this.id);
    this.ping();
  }

  drop(): void {
    if (this.#worker === undefined) return;
    this.#worker.terminate();
    this.#worker = undefined;
    this.#listener.gone(this.id);
  }

  /** Whether its Worker answers a ping at once. */
  async answers(): Promise<boolean> {
    if (this.#worker === undefined) return false;
    this.ping();
    return await this.signs.within(ANSWER_MS);
  }

  #rumour(header: unknown, payload: unknown): void {
    const word = parseWorkerMessage(header, payload);
    if (word === undefined) this.#log("ERROR", "the module's Worker said something that is none of its words");
    else this.#word(word);
    this.signs.spoke(word?.t);
  }

  #turn(): void {
    this.#listener.heard(this.id, this.signs.worked);
    this.signs.turned(this.#figures.active_tasks);
  }

  #word(word: FromWorker): void {
    switch (word.t) {
      case "call":
      case "reply":
      case "cancel":
      case "items":
      case "end":
      case "pull":
      case "stop":
      case "revoke":
        return this.#listener.call(this.id, word);
      case "log":
      case "dropped":
      case "limit":
        return this.#listener.aside(this.id, this.order, word);
      case "pong": {
        const { t: _, seq, ...figures } = word;
        this.#figures = figures;
        return this.#worker?.ponged(seq);
      }
      case "ready":
        return this.#ready(word);
      case "state":
        this.#state.answered(word.id, word.ok);
        return this.#say({ t: "state", id: word.id, ok: word.ok }, word.payload);
      case "failed":
        if (word.stack !== undefined) this.#log("ERROR", word.stack);
        if (this.#phase === "loading") return this.#loadFailed(word.fault);
        if (word.phase === "run") this.#runEnded();
        return this.#sayFailed(word.phase, word.fault);
      case "ended":
        if (word.what === "run") this.#runEnded();
        return this.#say({ t: "ended", instance: this.id, what: word.what });
      case "awake":
        return;
    }
  }

  #ready({ t: _, ...traits }: FromWorker & { t: "ready" }): void {
    if (this.#phase !== "loading") return;
    const refused = refuseTools(this.order.api, traits.tools);
    if (refused !== undefined) return this.#loadFailed(refused);
    this.#phase = "ready";
    this.#started_at = this.#clock.now();
    this.#traits = traits;
    this.sayLoaded();
  }

  #runEnded(): void {
    this.#run = "ended";
    if (this.#phase === "running") this.#phase = "ready";
  }

  async #loadIsLate(): Promise<void> {
    if (this.#phase !== "loading" || this.#leaving) return;
    const idle = await this.answers();
    if (this.#phase !== "loading" || this.#leaving) return;
    if (idle) this.#loadFailed(loadedLate(this.order));
    else this.#listener.stuck(this.id, this.order.limits.load_ms);
  }

  #crashed(message: string): void {
    if (this.#phase === "loading") return this.#loadFailed(fault("load_failed", message));
    this.#phase = "failed";
    this.drop();
    this.#sayFailed("vanished", fault("module_error", message));
  }

  #loadFailed(why: Fault): void {
    this.#phase = "failed";
    this.drop();
    this.#sayFailed("load", why);
  }

  #sayFailed(phase: FailPhase, why: Fault): void {
    this.#say({ t: "failed", instance: this.id, phase }, faultPayload(why));
  }
  #say(message: CellMessage, payload?: Payload): void {
    this.#listener.say(message, payload);
  }
  #log(level: LogLevel, text: string): void {
    this.#listener.aside(this.id, this.order, { t: "log", level, text });
  }
}
