/** A client that says exactly what a test tells it to, and keeps what comes back. */
import type { ControlHandlers } from "../../kernel/control/mod.ts";
import { serveControl } from "../../kernel/control/mod.ts";
import { fault, refuse } from "../../kernel/contract/fault.ts";
import { type Framed, FrameReader, FrameWriter } from "../../kernel/primitives/frame_codec.ts";
import { splitMessage } from "../../kernel/primitives/split_message.ts";
import { decodeValue, encodeValue } from "../../kernel/primitives/value_codec.ts";
import { REAL_CLOCK, REAL_SOCKETS } from "./real_sockets.ts";

/** What came: its header, and its payload decoded (pieces are kept apart and are not decoded). */
export interface Came {
  readonly header: Record<string, unknown>;
  readonly value: unknown;
  readonly bytes: number;
}

export class ScriptedClient {
  readonly #connection: Deno.UnixConn;
  readonly #reader = new FrameReader({ proven: true });
  readonly #came: Came[] = [];

  constructor(connection: Deno.UnixConn) {
    this.#connection = connection;
  }

  static async connect(path: string): Promise<ScriptedClient> {
    return new ScriptedClient(await Deno.connect({ transport: "unix", path }));
  }

  /** One message, in pieces when it is large. */
  async send(header: Record<string, unknown>, params?: unknown): Promise<void> {
    const writer = new FrameWriter<Record<string, unknown>>();
    if (params === undefined) writer.push(header);
    else {
      const payload = encodeValue(params);
      if (!payload.ok) throw new Error(payload.fault.message);
      for (const split of splitMessage(header, payload.value, { t: "piece", id: header.id })) {
        writer.push(split.header, split.payload);
      }
    }
    await this.write(writer.take()!);
  }

  async write(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    while (rest.length > 0) rest = rest.subarray(await this.#connection.write(rest));
  }

  /** The next message; undefined when the server has hung up. */
  async next(): Promise<Came | undefined> {
    while (this.#came.length === 0) {
      const buffer = new Uint8Array(65_536);
      const count = await this.#connection.read(buffer).catch(() => null);
      if (count === null) return undefined;
      const { messages, violation } = this.#reader.feed(buffer.subarray(0, count));
      if (violation !== undefined) throw new Error(violation);
      this.#came.push(...messages.map(read));
    }
    return this.#came.shift();
  }

  /** Everything up to the answer of `id`, which is the last. */
  async untilAnswer(id: number): Promise<Came[]> {
    const all: Came[] = [];
    for (;;) {
      const came = await this.next();
      if (came === undefined) throw new Error(`hung up before the answer of ${id}`);
      all.push(came);
      if (came.header.t === "answer" && came.header.id === id) return all;
    }
  }

  /** One request and its answer's payload. */
  async ask(id: number, verb: string, params: unknown = {}): Promise<Came> {
    await this.send({ t: "request", id, verb }, params);
    return (await this.untilAnswer(id)).at(-1)!;
  }

  close(): void {
    try {
      this.#connection.close();
    } catch { /* closed already */ }
  }
}

function read({ header, payload }: Framed): Came {
  const fields = header as Record<string, unknown>;
  const whole = fields.more !== true && fields.t !== "piece";
  const decoded = whole && payload.length > 0 ? decodeValue(payload) : undefined;
  return { header: fields, value: decoded?.ok ? decoded.value : undefined, bytes: payload.length };
}

/** Handlers that refuse everything but what the test gives. */
export function handlersWith(given: Partial<ControlHandlers>): ControlHandlers {
  const no = () => Promise.resolve(refuse(fault("not_found", "not in this test")));
  return {
    status: no,
    call: no,
    tools: no,
    tool: no,
    logs: no,
    events: no,
    reload: no,
    enable: no,
    disable: no,
    "quarantine lift": no,
    "state list": no,
    "state drop": no,
    approvals: no,
    approve: no,
    deny: no,
    "token new": no,
    "token list": no,
    "token revoke": no,
    proposals: no,
    "proposals show": no,
    adopt: no,
    reject: no,
    rollback: no,
    upgrade: no,
    stop: no,
    ping: no,
    ...given,
  };
}

export interface Served {
  readonly path: string;
  readonly defects: unknown[];
  connect(): Promise<ScriptedClient>;
  close(): Promise<void>;
  retire(ms: number): Promise<void>;
}

/** Runs `test` against a server on a real socket, and takes everything away afterwards. */
export async function withControl(given: Partial<ControlHandlers>, test: (served: Served) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "mm-" });
  const defects: unknown[] = [];
  const clients: ScriptedClient[] = [];
  const server = await serveControl({
    sockets: REAL_SOCKETS,
    own: `${folder}/c.1.sock`,
    published: `${folder}/control.sock`,
    handlers: handlersWith(given),
    clock: REAL_CLOCK,
    onDefect: (_verb, error) => defects.push(error),
  });
  const connect = async () => {
    const client = await ScriptedClient.connect(`${folder}/control.sock`);
    clients.push(client);
    return client;
  };
  try {
    const { close, retire } = server;
    await test({ path: `${folder}/control.sock`, defects, connect, close, retire });
  } finally {
    for (const client of clients) client.close();
    await server.close();
    await Deno.remove(folder, { recursive: true });
  }
}
