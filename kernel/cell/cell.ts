/** One cell as the kernel sees it: a process that was started, the link it has proved, and what was asked of it. */
import { type Fault, fault, refuse, type Result } from "../contract/fault.ts";
import { WIRE } from "../contract/limits.ts";
import type { CellId, InstanceId } from "../contract/names.ts";
import type { Clock } from "../contract/powers.ts";
import type { ToolSpec } from "../contract/tool_spec.ts";
import type { CellFigures, CellMessage, KernelMessage, LoadOrder } from "../contract/wire.ts";
import type { CellPort } from "../broker/mod.ts";
import { readJsonPayload, writeJsonPayload } from "../primitives/json_payload.ts";
import { parseFault } from "../primitives/parse_fault.ts";
import { parseCellFigures, parseLoaded } from "../primitives/parse_report.ts";
import type { CellLink } from "./cell_link.ts";

export interface Loaded {
  readonly tools: readonly ToolSpec[];
  readonly has_run: boolean;
}

/** Beyond the shell's own bound of load_ms: the shell says it better. */
const LOAD_MARGIN_MS = 2_000;

export class Cell {
  readonly id: CellId;
  /** The name without its number: the api, or the shared name. */
  readonly base: string;
  readonly port: CellPort;
  pid: number | null = null;
  figures: CellFigures = { rss: 0, cpu_ms: 0, instances: [] };
  readonly #clock: Clock;
  #link: CellLink | undefined;
  /** What is said while no link is attached. */
  #unsent: { message: KernelMessage; payload: Uint8Array | undefined }[] = [];
  #unsent_bytes = 0;
  #gone = false;
  readonly #loads = new Map<InstanceId, (outcome: Result<Loaded>) => void>();
  readonly #endings = new Map<string, () => void>();
  #asked: (() => void)[] = [];
  #load_number = 0;

  constructor(id: CellId, clock: Clock) {
    this.id = id;
    this.base = id.slice(0, id.lastIndexOf("~"));
    this.#clock = clock;
    this.port = { cell: id, send: (message, payload) => this.#send(message, payload) };
  }

  /** Whether its process has ended. */
  readonly gone = (): boolean => this.#gone;
  get attached(): boolean {
    return this.#link !== undefined;
  }

  attach(link: CellLink): void {
    const former = this.#link;
    this.#link = link;
    former?.close();
  }
  /** Called after the cell's report: what was said meanwhile follows. */
  sendUnsent(): void {
    const unsent = this.#unsent;
    this.#unsent = [];
    this.#unsent_bytes = 0;
    for (const { message, payload } of unsent) this.#link?.send(message, payload);
  }
  detach(link: CellLink): void {
    if (this.#link === link) this.#link = undefined;
  }

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
    });
    const cancel = this.#clock.after(ms + LOAD_MARGIN_MS, () => settle(refuse(late)));
    this.#loads.set(instance, settle);
    const payload = writeJsonPayload(order);
    if (this.#gone) settle(refuse(this.#killed(api)));
    else this.#send({ t: "load", id: ++this.#load_number, instance }, payload);
    return promise;
  }

  run(instance: InstanceId): void {
    this.#send({ t: "run", instance });
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
      else this.#send({ t: "shutdown", instance, ms: Math.ceil(ms) });
    });
  }
  unload(instance: InstanceId): void {
    this.#send({ t: "unload", instance });
  }
  bye(): void {
    this.#send({ t: "bye" });
  }

  /** Fresh figures, or the last ones if it does not answer in time. */
  async ask(ms: number): Promise<CellFigures> {
    if (this.#link === undefined) return this.figures;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(ms, resolve);
      this.#asked.push(() => {
        cancel();
        resolve();
      });
      this.#send({ t: "ask" });
    });
    return this.figures;
  }

  /** Answers to what was asked here; everything else of the wire is not for this file. True when it was. */
  take(message: CellMessage, payload: Uint8Array): boolean {
    switch (message.t) {
      case "loaded": {
        const loaded = parseLoaded(readJsonPayload(payload));
        const lie = fault("load_failed", "its tools could not be read");
        this.#loads.get(message.instance)?.(
          loaded === undefined ? refuse(lie) : { ok: true, value: { tools: loaded.tools, has_run: loaded.run } },
        );
        return true;
      }
      case "failed": {
        const settle = this.#loads.get(message.instance);
        if (settle === undefined || message.phase === "run") return false;
        settle(
          refuse(
            parseFault(readJsonPayload(payload)) ??
              fault("load_failed", "it failed to load and its words could not be read"),
          ),
        );
        return true;
      }
      case "ended":
        if (message.what !== "run") this.#endings.get(message.instance)?.();
        return true;
      case "figures":
        this.figures = parseCellFigures(readJsonPayload(payload)) ?? this.figures;
        for (const answered of this.#asked.splice(0)) answered();
        return true;
      default:
        return false;
    }
  }

  /** Its process has ended: nothing is answered any more. */
  exited(): void {
    this.#gone = true;
    const link = this.#link;
    this.#link = undefined;
    link?.close();
    for (const settle of [...this.#loads.values()]) settle(refuse(this.#killed(this.base)));
    for (const settle of [...this.#endings.values()]) settle();
    for (const answered of this.#asked.splice(0)) answered();
  }

  #killed(api: string): Fault {
    return fault("module_killed", `the process of '${api}' ended while it loaded`);
  }

  #send(message: KernelMessage, payload?: Uint8Array): boolean {
    if (this.#gone) return false;
    const size = payload?.length ?? 0;
    const queued = this.#link?.queued_bytes ?? this.#unsent_bytes;
    // Only calls are refused: what the kernel itself says is bounded by what it does.
    if (message.t === "call" && queued + size > WIRE.queue_bytes) return false;
    if (this.#link !== undefined) this.#link.send(message, payload);
    else {
      this.#unsent.push({ message, payload: payload?.slice() });
      this.#unsent_bytes += size;
    }
    return true;
  }
}
