/** A cell that speaks the wire and does only what it is told, over a connection in memory; and a table of cells with a scripted watchdog. */
import assert from "node:assert/strict";
import type { StartCell, ToWatchdog } from "../../kernel/contract/channel.ts";
import type { CellId } from "../../kernel/contract/names.ts";
import type { Connection } from "../../kernel/contract/powers.ts";
import type { CellMessage, CellReport, KernelMessage, LoadOrder, Payload } from "../../kernel/contract/wire.ts";
import type { Cell } from "../../kernel/cell/cell.ts";
import type { CellListener } from "../../kernel/cell/cell_listener.ts";
import { CellTable } from "../../kernel/cell/cell_table.ts";
import { DEFAULT_LIMITS } from "../../kernel/contract/limits.ts";
import { FrameReader, FrameWriter } from "../../kernel/primitives/frame_codec.ts";
import { proveToken } from "../../kernel/primitives/hmac.ts";
import { writeJsonPayload } from "../../kernel/primitives/json_payload.ts";
import { readKernelHeader } from "../../kernel/primitives/short_headers.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

type Of<M extends { t: string }, T extends M["t"]> = Extract<M, { t: T }>;

/** Lets promises, and what waits for real work (HMAC), have their say. */
export async function settled(turns = 12): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Waits for real work until it has shown; fails after a second. */
export async function until(what: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !what(); i++) await new Promise((resolve) => setTimeout(resolve, 2));
  assert.ok(what(), "it did not come to that");
}

/** The two ends of one connection in memory. */
export class Pipe {
  readonly written: Uint8Array[] = [];
  closed = false;
  #chunks: (Uint8Array | null)[] = [];
  #reader: ((chunk: Uint8Array | null) => void) | undefined;
  #stalled: PromiseWithResolvers<void> | undefined;
  #heard: (bytes: Uint8Array) => void = () => {};

  /** The kernel's end. */
  readonly connection: Connection = {
    read: async (into) => {
      if (this.closed) throw new Error("read of a closed connection");
      const chunk = this.#chunks.shift() ?? await new Promise<Uint8Array | null>((give) => this.#reader = give);
      if (chunk === null) return null;
      const count = Math.min(into.length, chunk.length);
      into.set(chunk.subarray(0, count));
      if (count < chunk.length) this.#chunks.unshift(chunk.subarray(count));
      return count;
    },
    write: async (data) => {
      if (this.closed) throw new Error("write to a closed connection");
      this.written.push(data.slice());
      this.#heard(data.slice());
      await this.#stalled?.promise;
    },
    close: () => {
      this.closed = true;
      this.#push(null);
    },
  };

  onWritten(heard: (bytes: Uint8Array) => void): void {
    this.#heard = heard;
  }
  /** From now on the other end takes no more than one write. */
  stall(): void {
    this.#stalled ??= Promise.withResolvers();
  }
  goOn(): void {
    this.#stalled?.resolve();
    this.#stalled = undefined;
  }
  /** Bytes for the kernel. */
  give(bytes: Uint8Array): void {
    this.#push(bytes);
  }
  hangUp(): void {
    this.#push(null);
  }
  #push(chunk: Uint8Array | null): void {
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader) reader(chunk);
    else this.#chunks.push(chunk);
  }
}

/** The cell's end of one link. */
export class ScriptedLink {
  readonly pipe = new Pipe();
  readonly heard: { readonly message: KernelMessage; readonly payload: Payload }[] = [];
  /** Whether it credits what it hears, as an honest shell does. */
  credits = true;
  readonly #reader = new FrameReader({ proven: true });

  constructor() {
    this.pipe.onWritten((bytes) => {
      let [count, size] = [0, 0];
      for (const { header, payload } of this.#reader.feed(bytes).messages) {
        const message = readKernelHeader(header);
        this.heard.push({ message, payload });
        if (["nonce", "welcome", "credit", "ack", "ask", "newer", "bye"].includes(message.t)) continue;
        count++;
        size += payload.length + 64;
      }
      if (this.credits && count > 0) this.say({ t: "credit", bytes: size, messages: count });
    });
  }

  say(message: CellMessage, payload?: Payload): void {
    this.sayAll([[message, payload]]);
  }
  /** All in one write. */
  sayAll(messages: readonly (readonly [CellMessage, (Payload | undefined)?])[]): void {
    const writer = new FrameWriter<CellMessage>();
    for (const [message, payload] of messages) writer.push(message, payload);
    this.pipe.give(writer.take()!.slice());
  }
  all<T extends KernelMessage["t"]>(t: T): Of<KernelMessage, T>[] {
    return this.heard.flatMap(({ message }) => message.t === t ? [message as Of<KernelMessage, T>] : []);
  }
  async next<T extends KernelMessage["t"]>(t: T): Promise<Of<KernelMessage, T>> {
    await until(() => this.all(t).length > 0);
    return this.all(t).at(-1)!;
  }
  async attach(cell: string, token: string, incarnation = "aa"): Promise<void> {
    const { nonce } = await this.next("nonce");
    const proof = await proveToken(token, nonce, cell, incarnation);
    this.say({ t: "attach", cell: cell as CellId, incarnation, proof, pid: 7 });
  }
  report(instances: CellReport["instances"] = [], holds: CellReport["holds"] = []): void {
    this.say({ t: "report" }, writeJsonPayload({ instances, holds }));
  }
}

export const TOKEN = "ab".repeat(32);

/** A table of cells whose watchdog remembers what it is told. */
export class TableKit {
  readonly clock = new FakeClock();
  readonly orders: ToWatchdog[] = [];
  readonly events: string[] = [];
  readonly table: CellTable;
  #random = 0;

  constructor(listener: Partial<CellListener> = {}) {
    const say = (what: string) => this.events.push(what);
    this.table = new CellTable({
      clock: this.clock,
      random: { bytes: (count) => new Uint8Array(count).fill(++this.#random), unit: () => 0 },
      epoch: 1,
      watchdog: { send: (message) => this.orders.push(message) },
      listener: {
        call: (port, { id }) => say(`call ${port.cell} ${id}`),
        reply: (port, { id }) => say(`reply ${port.cell} ${id}`),
        piece: (port, { of, id }) => say(`piece ${of} ${port.cell} ${id}`),
        cancel: (port, id) => say(`cancel ${port.cell} ${id}`),
        stream: (port, { t, id }) => say(`${t} ${port.cell} ${id}`),
        revoke: (port, instance, name) => say(`revoke ${port.cell} ${instance} ${name}`),
        lend: (port, instance, names, to) => say(`lend ${port.cell} ${instance} ${names} ${to}`),
        ack: (port, ids) => say(`ack ${port.cell} ${JSON.stringify(ids)}`),
        reported: (cell) => say(`reported ${cell.id}`),
        failed: (cell, { instance, phase }) => say(`failed ${cell.id} ${instance} ${phase}`),
        dying: (cell, { limit }) => say(`dying ${cell.id} ${limit}`),
        limit: (cell, { instance, limit }) => say(`limit ${cell.id} ${instance} ${limit}`),
        figures: () => {},
        other: (cell, { t }) => say(`other ${cell.id} ${t}`),
        violated: (cell, violation) => say(`violated ${cell.id}: ${violation}`),
        exited: (cell, why) => say(`exited ${cell.id}: ${why}`),
        ...listener,
      },
    });
  }

  get started(): StartCell[] {
    return this.orders.filter((order) => order.t === "start_cell");
  }
  get killed(): string[] {
    return this.orders.flatMap((order) => order.t === "kill" ? [order.cell] : []);
  }
  /** The watchdog tells that these processes run. */
  known(...cells: string[]): void {
    this.table.known(cells.map((cell) => ({ cell: cell as CellId, pid: 42, token: TOKEN })));
  }
  /** A new connection, whoever it is. */
  connect(): ScriptedLink {
    const link = new ScriptedLink();
    this.table.accept(link.pipe.connection);
    return link;
  }
  /** A link of this cell, attached and reported. */
  async attached(cell: string): Promise<ScriptedLink> {
    const link = this.connect();
    await link.attach(cell, TOKEN);
    await link.next("welcome");
    link.report();
    await settled();
    return link;
  }
  /** A process that was started under this name, attached. */
  async cell(base = "notes"): Promise<{ cell: Cell; link: ScriptedLink }> {
    const starting = this.table.start(base, NEEDS);
    const { cell: id } = this.started.at(-1)!;
    this.known(id);
    const link = await this.attached(id);
    const started = await starting;
    assert.ok(started.ok);
    return { cell: started.value, link };
  }
}

export const NEEDS = { folders: [], net: [], limits: { memory_mb: 128, heap_mb: 96 } };

export function loadOrder(api = "notes"): LoadOrder {
  return {
    ...{ api, hash: "h", code: "export class Module {}", own: {}, packages: [], builtins: [], home: "/home" },
    ...{ folders: [], net: [], listen: [], wasm: false, limits: DEFAULT_LIMITS, kernel: [] },
  };
}
