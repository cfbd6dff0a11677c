/** One cell as the kernel sees it: a process that was started, its port, and what was asked of it. */
import { type Fault, fault, ok, refuse, type Result } from "../contract/fault.ts";
import { DEFAULT_LIMITS } from "../contract/limits.ts";
import { cellBase, type CellId, type InstanceId } from "../contract/names.ts";
import type { Clock } from "../contract/powers.ts";
import type { ToolSpec } from "../contract/tool_spec.ts";
import type {
  CellFigures,
  CellMessage,
  CellReport,
  FailPhase,
  LoadOrder,
  Payload,
  StateMethods,
} from "../contract/wire.ts";
import { readJsonPayload, writeJsonPayload } from "../primitives/json_payload.ts";
import { parseFault } from "../primitives/parse_fault.ts";
import { parseCellFigures, parseLoaded } from "../primitives/parse_report.ts";
import { parseTools } from "../primitives/parse_tool_spec.ts";
import { AskedFigures } from "./asked_figures.ts";
import { QueuedPort } from "./queued_port.ts";
import { StateOrders } from "./state_orders.ts";

export interface Loaded {
  readonly tools: readonly ToolSpec[];
  readonly has_run: boolean;
  readonly state?: StateMethods;
}

/** Beyond the shell's own bound of load_ms: the shell says it better. */
const LOAD_MARGIN_MS = 2_000;
/** The system hands over what a dead process wrote at once; this bounds a mistake. */
const LAST_WORDS_MS = 250;

/** What failed in an instance between its constructor's end and the moment in which somebody listens for it. */
export interface EarlyFailure {
  readonly phase: FailPhase;
  readonly why: Fault;
}

const UNREADABLE = fault("load_failed", "it failed to load and its words could not be read");

export class Cell {
  readonly id: CellId;
  /** Whose it is: the api (`/` written as `.`), or the shared name. A blank cell is given one later. */
  base: string;
  /** It was started by a former kernel: what runs in it may be taken over. */
  readonly inherited: boolean;
  /** What its modules may take together. */
  readonly memory_mb: number;
  readonly port: QueuedPort;
  readonly states: StateOrders;
  pid: number | null = null;
  /** It has said its last words. */
  dying = false;
  /** What they tell, where they tell anything. */
  last_words: {
    readonly limit?: string;
    readonly to_blame?: string;
    readonly call?: { readonly caller: string; readonly method: string };
  } = {};
  readonly #figures: AskedFigures;
  readonly #clock: Clock;
  #gone = false;
  readonly #loads = new Map<InstanceId, (outcome: Result<Loaded>) => void>();
  readonly #early = new Map<InstanceId, EarlyFailure | undefined>();
  readonly #endings = new Map<string, () => void>();
  /** Instances whose run() was told to start and has not ended. */
  readonly #runs = new Set<InstanceId>();
  #load_number = 0;

  constructor(
    id: CellId,
    clock: Clock,
    { inherited = false, base = cellBase(id), memory_mb = DEFAULT_LIMITS.memory_mb }: {
      readonly inherited?: boolean;
      readonly base?: string | undefined;
      readonly memory_mb?: number;
    } = {},
  ) {
    this.memory_mb = memory_mb;
    this.id = id;
    this.base = base;
    this.inherited = inherited;
    this.#clock = clock;
    this.port = new QueuedPort(id);
    this.#figures = new AskedFigures(clock, () => this.port.send({ t: "ask" }));
    this.states = new StateOrders(this.port, clock);
  }

  /** Whether its process has ended. */
  readonly gone = (): boolean => this.#gone;

  /** Makes an instance; resolves when its constructor has ended. */
  load(instance: InstanceId, api: string, order: LoadOrder): Promise<Result<Loaded>> {
    const { promise, resolve } = Promise.withResolvers<Result<Loaded>>();
    const settle = (outcome: Result<Loaded>) => {
      cancel();
      this.#loads.delete(instance);
      resolve(outcome);
    };
    const ms = order.limits.load_ms;
    const late = fault("load_failed", `'${api}' did not load within ${ms} ms`, {
      hint: "raise limits.load_ms, or do less before and in the constructor",
      retriable: true, // a machine that was busy then may not be busy now
    });
    const cancel = this.#clock.after(ms + LOAD_MARGIN_MS, () => settle(refuse(late)));
    this.#loads.set(instance, settle);
    if (this.#gone) settle(refuse(killed(api)));
    else this.port.send({ t: "load", id: ++this.#load_number, instance }, writeJsonPayload(order));
    return promise;
  }

  /** Asked once, when an instance that has loaded takes its place: what failed in it since, if anything did. */
  claim(instance: InstanceId): EarlyFailure | undefined {
    const early = this.#early.get(instance);
    this.#early.delete(instance);
    return early;
  }

  run(instance: InstanceId): void {
    this.#runs.add(instance);
    this.port.send({ t: "run", instance });
  }
  /** Whether its run() goes on; of one that has none, whether it was told to run. */
  runs(instance: InstanceId): boolean {
    return this.#runs.has(instance);
  }
  /** Resolves when shutdown() and run() have ended, or after `ms`. */
  shutdown(instance: InstanceId, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        cancel();
        this.#endings.delete(instance);
        resolve();
      };
      const cancel = this.#clock.after(ms, settle);
      this.#endings.set(instance, settle);
      if (this.#gone) settle();
      else this.port.send({ t: "shutdown", instance, ms: Math.ceil(ms) });
    });
  }
  unload(instance: InstanceId): void {
    this.#runs.delete(instance);
    this.port.send({ t: "unload", instance });
  }
  bye(): void {
    this.port.send({ t: "bye" });
  }

  /** As it told last. */
  get figures(): CellFigures {
    return this.#figures.latest;
  }
  /** Fresh figures, or the last ones if it does not answer in time. */
  async ask(ms: number): Promise<CellFigures> {
    return this.port.attached ? await this.#figures.fresh(ms) : this.figures;
  }

  /** On a new link: what came of orders to load whose answer, or which themselves, went with the former link. */
  reported({ instances }: CellReport): void {
    this.#runs.clear();
    for (const { instance, phase } of instances) if (phase === "running") this.#runs.add(instance);
    for (const [instance, settle] of [...this.#loads]) {
      const found = instances.find((reported) => reported.instance === instance);
      if (found?.phase === "loading" || this.port.holdsLoad(instance)) continue;
      const tools = parseTools(found?.tools ?? []);
      if (found === undefined || found.phase === "failed" || tools === undefined) settle(refuse(killed(this.base)));
      else settle(ok(loadedOf(tools, found.has_run, found.state)));
    }
    this.states.lost(fault("moved", "the link to its process broke"));
  }

  /** Answers to what was asked here; everything else of the wire is not for this file. True when it was. */
  take(message: CellMessage, payload: Payload): boolean {
    switch (message.t) {
      case "loaded": {
        const loaded = parseLoaded(readJsonPayload(payload));
        const lie = fault("load_failed", "its tools could not be read");
        if (this.#loads.has(message.instance)) this.#early.set(message.instance, undefined);
        this.#loads.get(message.instance)?.(
          loaded === undefined ? refuse(lie) : ok(loadedOf(loaded.tools, loaded.run, loaded.state)),
        );
        return true;
      }
      case "state":
        this.states.take(message, payload);
        return true;
      case "piece":
        if (message.of !== "state") return false;
        this.states.take(message, payload);
        return true;
      case "failed": {
        const why = parseFault(readJsonPayload(payload)) ?? UNREADABLE;
        const settle = this.#loads.get(message.instance);
        if (settle !== undefined && message.phase !== "run") settle(refuse(why));
        else if (this.#early.has(message.instance)) this.#early.set(message.instance, { phase: message.phase, why });
        else return false;
        return true;
      }
      case "ended":
        if (message.what === "run") this.#runs.delete(message.instance);
        else this.#endings.get(message.instance)?.();
        return true;
      case "figures":
        this.#figures.told(parseCellFigures(readJsonPayload(payload)));
        return true;
      default:
        return false;
    }
  }

  /** A process that has ended may have said something that is still on its way: resolves when that has been read. */
  async lastWordsRead(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#clock.after(LAST_WORDS_MS, resolve);
    await Promise.race([this.port.hungUp(), promise]);
    cancel();
  }

  /** Its process has ended: nothing is answered any more. */
  exited(): void {
    this.#gone = true;
    this.port.end();
    for (const settle of [...this.#loads.values()]) settle(refuse(killed(this.base)));
    for (const settle of [...this.#endings.values()]) settle();
    this.#figures.over();
    this.states.lost(fault("module_killed", "its process ended"));
  }
}

function loadedOf(tools: readonly ToolSpec[], has_run: boolean, state: StateMethods | undefined): Loaded {
  return { tools, has_run, ...(state !== undefined && { state }) };
}

function killed(api: string): Fault {
  return fault("module_killed", `the process of '${api}' ended while it loaded`);
}
