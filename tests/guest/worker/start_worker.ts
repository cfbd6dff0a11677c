/** Plays the shell to a real Worker: the bundle from a file, narrowed permissions, messages as guest/port.ts has them. */
import { stripTypeScriptTypes } from "node:module";
import { DEFAULT_LIMITS, type Limits } from "../../../kernel/contract/limits.ts";
import type { Plain } from "../../../kernel/contract/plain.ts";
import { decodeValue, encodeValue } from "../../../kernel/primitives/value_codec.ts";
import type { Payload } from "../../../kernel/contract/wire.ts";
import type { FromWorker, ToWorker, WorkerInit } from "../../../kernel/guest/port.ts";
import { openPosted, PortBatch } from "../../../kernel/guest/port_batch.ts";
import { nameWorkerFields, writeShellHeader } from "../../../kernel/guest/port_headers.ts";
import { newRunningMark } from "../../../kernel/guest/running_mark.ts";
import { bundleGuest } from "../../../kernel/vendor/mod.ts";
import { LIBRARIES } from "../../../libs/mod.ts";

const ROOT = new URL("../../../", import.meta.url).pathname.replace(/\/$/, "");
let bundle: Promise<string> | undefined;
/** The Worker's bootstrap, made from the sources once per test file. */
export const guestText = (): Promise<string> => bundle ??= bundleGuest(ROOT);

/** Source of a module as an author writes it. */
export const source = (text: string): string => stripTypeScriptTypes(text, { mode: "transform" });

export interface Setup extends Partial<Omit<WorkerInit, "limits" | "port" | "mark" | "code">> {
  readonly limits?: Partial<Limits>;
  /** Runs in the Worker before its bootstrap: what a test wants to know of the untouched realm. */
  readonly prelude?: string;
  readonly permissions?: Deno.PermissionOptions;
  /** The module's code as it stands, in the place of stripped TypeScript. */
  readonly raw?: string;
}

export type Call = FromWorker & { t: "call" };
export type Answer = { ok: true; value: unknown } | { ok: false; code: string; fault: Record<string, unknown> };

/** A Worker with a module in it, and the test in the place of its shell. */
export class TestWorker implements AsyncDisposable {
  readonly heard: FromWorker[] = [];
  /** How many messages each posted array had. */
  readonly batches: number[] = [];
  /** What got out by the Worker's global scope: nothing ever should. */
  readonly leaked: unknown[] = [];
  /** Answers the module's own calls. */
  onCall: (call: Call, args: unknown) => unknown = () => undefined;
  readonly #file: string;
  #worker: Worker;
  #port: MessagePort;
  #waiting: { want: (message: FromWorker) => boolean; resolve: (message: FromWorker) => void }[] = [];
  #last = 0;

  constructor(text: string, permissions: Deno.PermissionOptions) {
    this.#file = Deno.makeTempFileSync({ suffix: ".mjs" });
    Deno.writeTextFileSync(this.#file, text);
    this.#worker = new Worker(`file://${this.#file}`, { type: "module", deno: { permissions } } as WorkerOptions);
    this.#worker.onmessage = (event) => this.leaked.push(event.data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.leaked.push(event.message);
    };
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#port.onmessage = (event) => this.#hear(event.data);
    this.port2 = port2;
  }
  readonly port2: MessagePort;

  begin(init: WorkerInit): void {
    this.#worker.postMessage(init, [this.port2]);
  }
  send(...messages: ToWorker[]): void {
    const batch = new PortBatch();
    for (const message of messages) {
      const whole = message.t === "reply" || message.t === "call"
        ? { ...message, streams: message.streams ?? 0 }
        : message;
      batch.push(writeShellHeader(whole), "payload" in message ? message.payload : "");
    }
    const { posted, moved } = batch.take();
    this.#port.postMessage(posted, moved);
  }
  #hear(posted: unknown): void {
    const messages: FromWorker[] = [];
    openPosted(posted, 100_000, (header, payload) => messages.push(named(header, payload)));
    this.batches.push(messages.length);
    for (const message of messages) {
      this.heard.push(message);
      if (message.t === "call") void this.#answer(message);
      this.#waiting = this.#waiting.filter(({ want, resolve }) => !want(message) || resolve(message));
    }
  }
  async #answer(call: Call): Promise<void> {
    const args = decodeValue(call.payload);
    const answer = await this.onCall(call, args.ok ? args.value : args.fault);
    if (answer !== undefined) this.send(answer as ToWorker);
  }
  /** The next message that fits (or one already heard, with `from`). */
  next<T extends FromWorker["t"]>(t: T, fits: (message: FromWorker & { t: T }) => boolean = () => true, ms = 20_000) {
    const want = (message: FromWorker) => message.t === t && fits(message as never);
    return new Promise<FromWorker & { t: T }>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no '${t}' within ${ms} ms; heard ${this.heard.map((m) => m.t)}`)),
        ms,
      );
      this.#waiting.push({
        want,
        resolve: (message) => {
          clearTimeout(timer);
          resolve(message as never);
        },
      });
    });
  }
  /** A call as another module's would arrive. */
  async call(name: string, args: unknown = [], more: Partial<ToWorker & { t: "call" }> = {}): Promise<Answer> {
    const { id, order } = this.order(name, args, more);
    const answer = this.next("reply", (reply) => reply.id === id);
    this.send(order);
    const reply = await answer;
    const told = decodeValue(reply.payload);
    if (!told.ok) throw new Error(told.fault.message);
    return reply.ok
      ? { ok: true, value: told.value }
      : { ok: false, code: reply.code!, fault: told.value as Record<string, unknown> };
  }
  /** What a call that has to succeed gives. */
  async value(name: string, args: unknown = [], more: Partial<ToWorker & { t: "call" }> = {}): Promise<unknown> {
    const answer = await this.call(name, args, more);
    if (!answer.ok) throw new Error(`${name}: ${answer.code}: ${answer.fault["message"]}`);
    return answer.value;
  }
  order(name: string, args: unknown, more: Partial<ToWorker & { t: "call" }> = {}): { id: number; order: ToWorker } {
    const id = more.id ?? ++this.#last;
    const caller = { api: "tester", principal: "@operator" };
    const payload = payloadOf(args);
    const order = {
      t: "call",
      aspect: "default",
      name,
      kind: "call",
      caller,
      trace: "t1",
      ms: 10_000,
      streams: 0,
      payload,
      ...more,
      id,
    };
    return { id, order: order as ToWorker };
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.#port.close();
    this.#worker.terminate();
    await Deno.remove(this.#file);
  }
}

/** A word of the Worker under its fields' names. */
function named(header: unknown, payload: Payload): FromWorker {
  const fields = Array.isArray(header) ? nameWorkerFields(header) : header as Record<string, unknown>;
  const present = Object.entries(fields ?? {}).filter(([, value]) => value !== undefined);
  const carries = ["call", "reply", "state", "items", "end"].includes(String(fields?.["t"]));
  return { ...Object.fromEntries(present), ...(carries && { payload }) } as unknown as FromWorker;
}

export function payloadOf(value: unknown): Payload {
  const bytes = encodeValue(value);
  if (!bytes.ok) throw new Error(bytes.fault.message);
  return bytes.value;
}

/** The reply to a module's call. */
export function reply(call: Call, value: Plain): ToWorker {
  return { t: "reply", id: call.id, ok: true, live: true, streams: 0, payload: payloadOf(value) };
}

/** A Worker with `code` on its way: it may end in `ready` or in `failed`. */
export async function beginWorker(code: string, setup: Setup = {}): Promise<TestWorker> {
  const { prelude = "", limits, permissions = "none", raw, ...facts } = setup;
  const worker = new TestWorker(prelude + await guestText(), permissions);
  worker.begin({
    api: "notes",
    own: {},
    code: raw ?? source(code),
    libraries: [],
    validator: await LIBRARIES["@cfworker/json-schema"]!(),
    builtins: [],
    home: "/nowhere",
    folders: [],
    listen: [],
    fetch: false,
    wasm: false,
    kernel: [],
    limits: { ...DEFAULT_LIMITS, ...limits },
    ...facts,
    port: worker.port2,
    mark: newRunningMark(),
  });
  return worker;
}

/** A Worker whose module is ready. */
export async function startWorker(code: string, setup: Setup = {}): Promise<TestWorker> {
  const worker = await beginWorker(code, setup);
  const failure = worker.next("failed", ({ phase }) => phase === "load").then((message) => {
    throw new Error(`${message.fault.message}\n${message.stack}`);
  });
  failure.catch(() => {});
  await Promise.race([worker.next("ready"), failure]);
  return worker;
}
