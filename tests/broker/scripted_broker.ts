/** A broker on a clock that stands still, with cells that only remember what they were sent. */
import assert from "node:assert/strict";
import { Broker } from "../../kernel/broker/broker.ts";
import type { CallTracer } from "../../kernel/contract/powers.ts";
import type { KernelServices } from "../../kernel/broker/kernel_calls.ts";
import type { CellPort, Seat } from "../../kernel/broker/seat.ts";
import type { HostEvent, LimitHit } from "../../kernel/contract/events.ts";
import { NO_GRANTS } from "../../kernel/config/mod.ts";
import { DEFAULT_LIMITS, type Limits } from "../../kernel/contract/limits.ts";
import type { ApiName, CellId, InstanceId } from "../../kernel/contract/names.ts";
import type { KernelGrant, ServiceGrant } from "../../kernel/contract/spec.ts";
import type { OfferedTool } from "../../kernel/contract/tool_spec.ts";
import type { CellMessage, KernelMessage, Payload, StreamWord } from "../../kernel/contract/wire.ts";
import { ownPayload } from "../../kernel/primitives/payload.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

export type Of<M extends { t: string }, T extends M["t"]> = Extract<M, { t: T }>;

/** The port of one cell: what the kernel said to it, in order. */
export class ScriptedPort implements CellPort {
  readonly cell: CellId;
  readonly sent: { readonly message: KernelMessage; readonly payload: Payload }[] = [];
  /** Says which messages are not taken. */
  refuses: (message: KernelMessage, size: number) => boolean = () => false;
  held_back = new Set<number>();

  constructor(cell: string) {
    this.cell = cell as CellId;
  }
  send(message: KernelMessage, payload: Payload = ""): boolean {
    if (this.refuses(message, payload.length)) return false;
    this.sent.push({ message, payload: ownPayload(payload) });
    return true;
  }
  holdsBack(id: number): boolean {
    return this.held_back.has(id);
  }

  all<T extends KernelMessage["t"]>(t: T): Of<KernelMessage, T>[] {
    return this.sent.flatMap(({ message }) => message.t === t ? [message as Of<KernelMessage, T>] : []);
  }
  last<T extends KernelMessage["t"]>(t: T): Of<KernelMessage, T> {
    const found = this.all(t).at(-1);
    assert.ok(found, `${this.cell} was sent no '${t}'`);
    return found;
  }
  /** The fault of the last failed reply to that number. */
  faultOf(id: number): { code: string; message: string; hint: string; maybe_ran: boolean; live: boolean } {
    const found = this.sent.findLast(({ message }) => message.t === "reply" && message.id === id && !message.ok);
    assert.ok(found, `${this.cell} was sent no fault for call ${id}`);
    const { code, live } = found.message as Of<KernelMessage, "reply">;
    const said = JSON.parse(found.payload as string);
    assert.equal(said.code, code);
    return { ...said, live };
  }
  /** How many outcomes this caller was given for its number. */
  outcomesOf(id: number): number {
    return this.all("reply").filter((reply) => reply.id === id).length;
  }
}

export interface SeatOptions {
  readonly services?: readonly (string | ServiceGrant)[];
  readonly kernel?: readonly KernelGrant[];
  readonly limits?: Partial<Limits>;
  readonly port?: ScriptedPort;
  readonly instance?: string;
}

export class BrokerKit {
  readonly clock = new FakeClock();
  readonly broker: Broker;
  /** What the event log was told. */
  readonly events: HostEvent[] = [];
  /** Limits that were hit. */
  readonly hits: (LimitHit & { readonly api: string })[] = [];
  /** What modules offer: none, until a test puts some there. */
  readonly tools: OfferedTool[] = [];
  /** Who there is besides modules, and whose tokens were shown. */
  readonly principals = new Map<string, readonly ServiceGrant[]>();
  readonly tokens = new Map<string, string>();
  #instances = 0;

  constructor({ services = () => Promise.reject(new Error("unused")), crashed = false, tracer }: {
    services?: KernelServices;
    /** Right after a kernel's crash: not everybody has reported. */
    crashed?: boolean;
    tracer?: CallTracer;
  } = {}) {
    this.broker = new Broker({
      ...{ clock: this.clock, trace_salt: "0123456789abcdef", services, tracer },
      emit: (event) => this.events.push(event),
      hit: (api, hit) => this.hits.push({ api, ...hit }),
      tools: { find: (name) => this.tools.find((tool) => tool.name === name), offered: () => this.tools },
      principals: {
        principal: (name) => this.principals.get(name),
        bearer: (token) => this.tokens.get(token),
      },
    });
    if (!crashed) this.broker.allReported([]);
  }

  /** An instance in a cell of its own unless a port is given; calls to its api go there when `routed`. */
  seat(api: string, options: SeatOptions & { routed?: boolean } = {}): Module {
    const number = ++this.#instances;
    const port = options.port ?? new ScriptedPort(`${api.replaceAll("/", ".")}~${number}`);
    const seat: Seat = {
      instance: (options.instance ?? `1.${number}`) as InstanceId,
      api: api as ApiName,
      port,
      config: `configs/${api}.yml`,
      grants: {
        ...NO_GRANTS,
        services: (options.services ?? []).map((grant) => typeof grant === "string" ? { api: grant } : grant),
        kernel: options.kernel ?? [],
      },
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      in_flight: 0,
      open_streams: 0,
    };
    this.broker.seat(seat);
    if (options.routed ?? true) this.broker.route(seat.api, { to: "seat", seat });
    return new Module(this, seat, port);
  }

  /** A tool of that api, which nobody has to approve unless the test says so. */
  offers(api: string, entry: string, more: Partial<Omit<OfferedTool, "spec">> & { readOnly?: boolean } = {}): void {
    const { readOnly = false, ...rest } = more;
    const marks = { readOnly, destructive: false, idempotent: false, openWorld: false };
    this.tools.push({
      name: `${api.replaceAll("/", "_")}_${entry}`,
      api: api as ApiName,
      spec: { entry, description: `does ${entry}`, params: {}, ...marks },
      origin: "local",
      approve: "never",
      ...rest,
    });
  }

  hold(api: string, limits: Partial<Limits> = {}): void {
    this.broker.route(api as ApiName, { to: "hold", limits: { ...DEFAULT_LIMITS, ...limits } });
  }
  down(api: string, quarantined = false): void {
    this.broker.route(api as ApiName, { to: "down", because: quarantined ? "quarantined" : "stopped" });
  }
}

/** One instance, seen from its shell. */
export class Module {
  readonly #kit: BrokerKit;
  readonly seat: Seat;
  readonly port: ScriptedPort;

  constructor(kit: BrokerKit, seat: Seat, port: ScriptedPort) {
    this.#kit = kit;
    this.seat = seat;
    this.port = port;
  }
  get cell(): CellId {
    return this.port.cell;
  }
  calls(id: number, api: string, more: Partial<Of<CellMessage, "call">> = {}, payload: Payload = "args"): void {
    this.#kit.broker.onCall(this.port, {
      ...{ t: "call", id, from: this.seat.instance, api, aspect: "default", name: "do", kind: "call" },
      ...more,
    }, payload);
  }
  /** The call it was sent last. */
  asked(): Of<KernelMessage, "call"> {
    return this.port.last("call");
  }
  replies(id: number, more: Partial<Of<CellMessage, "reply">> = {}, payload: Payload = "result"): void {
    this.#kit.broker.onReply(this.port, { t: "reply", id, ok: true, ...more }, payload);
  }
  piece(of: "call" | "reply", id: number, more: boolean, payload: Payload = bytes("piece")): void {
    this.#kit.broker.onPiece(this.port, { t: "piece", of, id, ...(more && { more }) }, payload);
  }
  /** A word about a stream of a call that it makes (`caller`) or serves (`callee`). */
  says(word: StreamWord, payload: Payload = ""): void {
    this.#kit.broker.onStream(this.port, word, payload);
  }
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
export function text(payload: Payload): string {
  return typeof payload === "string" ? payload : new TextDecoder().decode(payload);
}

/** Lets promises that are settled have their say. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
