/**
 * What a blank cell does while it waits: it goes through the life of a module once, with a kernel and a Worker that are only played. Code that has run
 * runs sooner, so the first call of the module that comes is answered sooner.
 */
import type { CellId, InstanceId } from "../../contract/names.ts";
import { DEFAULT_LIMITS } from "../../contract/limits.ts";
import type { Connection } from "../../contract/powers.ts";
import type { CellArgs } from "../../contract/roles.ts";
import type { KernelMessage, LoadOrder, Payload } from "../../contract/wire.ts";
import { FrameReader, FrameWriter } from "../../primitives/frame_codec.ts";
import { writeJsonPayload } from "../../primitives/json_payload.ts";
import { SHORT } from "../../primitives/short_form.ts";
import { writeKernelHeader } from "../../primitives/short_headers.ts";
import { openPosted, PortBatch } from "../port_batch.ts";
import { writeWorkerHeader } from "../port_headers.ts";
import type { FromWorker } from "../port.ts";
import type { CellPowers } from "./cell_powers.ts";
import { CellShell } from "./cell_shell.ts";
import type { MakeWorker } from "./module_listener.ts";
import { ModuleWorker } from "./module_worker.ts";
import { SHELL_CLOCK } from "./shell_clock.ts";

const CELL = "rehearsal~1" as CellId;
const INSTANCE = "1.1" as InstanceId;
const ARGS: CellArgs = { cell: CELL, socket: "", keeps: { read: [], write: [], net: [] }, blank: true, memory_mb: 1 };
const ORDER: LoadOrder = {
  ...{ api: "rehearsal", hash: "0", code: "", own: {}, packages: [], builtins: [], home: "/", folders: [] },
  ...{ net: [], listen: [], wasm: false, limits: DEFAULT_LIMITS, kernel: [] },
};
const CALLS = 3;

/** Resolves when it is over; nothing of it is left then. */
export async function rehearse(): Promise<void> {
  const kernel = new PlayedKernel();
  const over = Promise.withResolvers<void>();
  const link: CellPowers["link"] = {
    me: { cell: CELL, incarnation: "0", pid: 1, parent: 1 },
    connect: () => Promise.resolve(kernel),
    prove: () => Promise.resolve("00"),
    parent: () => 1,
    hung_up: new Promise(() => {}),
  };
  const nothing = () => {};
  const powers: CellPowers = {
    ...{
      clock: SHELL_CLOCK,
      link,
      rss: () => 0,
      memory: () => ({ rss: 0, own: 0 }),
      cpu_ms: () => 0,
      module_cpu_ms: () => 0,
      prepareFigures: () => Promise.resolve(),
    },
    ...{ stdout: () => Promise.resolve(), stderr: nothing, exit: () => over.resolve(), kill: nothing, spread: 0 },
  };
  new CellShell(ARGS, powers, playedWorker).start();
  kernel.say({ t: "nonce", nonce: "00", epoch: 1 });
  await over.promise;
  kernel.close();
}

class PlayedKernel implements Connection {
  readonly #reader = new FrameReader({ proven: true });
  readonly #writer = new FrameWriter<KernelMessage>(writeKernelHeader);
  #said: (Uint8Array | null)[] = [];
  #waiting: (() => void) | undefined;
  #answers = 0;

  say(message: KernelMessage, payload?: Payload): void {
    this.#writer.push(message, payload);
    this.#hand(this.#writer.take()!.slice());
  }
  async read(into: Uint8Array): Promise<number | null> {
    while (this.#said.length === 0) await new Promise<void>((resolve) => this.#waiting = resolve);
    const bytes = this.#said.shift()!;
    if (bytes !== null) into.set(bytes);
    return bytes === null ? null : bytes.length;
  }
  write(data: Uint8Array): Promise<void> {
    for (const { header } of this.#reader.feed(data).messages) this.#hear(header as { t?: string } & unknown[]);
    return Promise.resolve();
  }
  close(): void {
    this.#hand(null);
  }

  #hand(bytes: Uint8Array | null): void {
    this.#said.push(bytes);
    this.#waiting?.();
  }

  #hear(header: { t?: string } & unknown[]): void {
    if (header.t === "attach") this.say({ t: "welcome", epoch: 1 });
    else if (header.t === "report") this.say({ t: "load", id: 1, instance: INSTANCE }, writeJsonPayload(ORDER));
    else if (header.t === "loaded") this.#call();
    else if (header[0] === SHORT.reply) {
      if (++this.#answers < CALLS) this.#call();
      else this.say({ t: "bye" });
    }
  }

  #call(): void {
    const id = this.#answers + 1;
    const what = { aspect: "default", name: "answer", kind: "call", trace: "0", ms: 1_000, depth: 1 } as const;
    const key = `${CELL}#${id}` as const;
    const caller = { api: "rehearsal", principal: "rehearsal" };
    this.say({ t: "call", id, key: key as never, to: INSTANCE, caller, ...what }, "[1]");
  }
}

/** Says `ready` and answers every call, by the port alone. */
const playedWorker: MakeWorker = (_order, listener) => {
  const { port1, port2 } = new MessageChannel();
  const say = (message: FromWorker, payload?: Payload) => {
    const batch = new PortBatch();
    batch.push(writeWorkerHeader(message), payload);
    port2.postMessage(batch.take().posted);
  };
  port2.onmessage = ({ data }) => {
    const is_batch = openPosted(data, Infinity, (header) => {
      const [kind, id] = Array.isArray(header) ? header : [];
      if (kind === SHORT.call) say({ t: "reply", id, ok: true, streams: 0, payload: "1" }, "1");
    });
    if (!is_batch) say({ t: "ready", tools: [], has_run: false }); // its beginning
  };
  const worker = { onerror: null, terminate: () => port2.close() } as unknown as Worker;
  const { api, own, code, builtins, home, folders, listen, wasm, limits, kernel } = ORDER;
  const init = { api, own, code, builtins, home, folders, listen, wasm, limits, kernel };
  return Promise.resolve(
    new ModuleWorker({ worker, port: port1 }, { ...init, fetch: false, libraries: [], validator: "" }, listener),
  );
};
