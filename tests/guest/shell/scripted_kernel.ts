/** A kernel made of a script: listens where cells connect, checks their proof, says what the test says and keeps what they say. */
import assert from "node:assert/strict";
import { DEFAULT_LIMITS, type Limits } from "../../../kernel/contract/limits.ts";
import type { CellId, InstanceId } from "../../../kernel/contract/names.ts";
import type { CellArgs } from "../../../kernel/contract/roles.ts";
import type { CellFigures, CellMessage, KernelMessage, LoadOrder, Payload } from "../../../kernel/contract/wire.ts";
import { FrameReader, FrameWriter } from "../../../kernel/primitives/frame_codec.ts";
import { toHex } from "../../../kernel/primitives/hex.ts";
import { checkProof } from "../../../kernel/primitives/hmac.ts";
import { writeJsonPayload } from "../../../kernel/primitives/json_payload.ts";
import { parseCellMessage } from "../../../kernel/primitives/parse_cell_message.ts";
import { splitMessage } from "../../../kernel/primitives/split_message.ts";
import { decodeValue, encodeValue } from "../../../kernel/primitives/value_codec.ts";
import { creditCost } from "../../../kernel/primitives/window.ts";

export type Said = { readonly message: CellMessage; readonly payload: Payload };

/** One accepted connection. */
export class ScriptedLink {
  readonly said: Said[] = [];
  readonly #conn: Deno.Conn;
  readonly #writer = new FrameWriter<KernelMessage>();
  #waiting: (() => void)[] = [];
  #writing: Promise<void> = Promise.resolve();
  readonly #figures: CellFigures[] = [];
  readonly #credit = { bytes: 0, messages: 0 };
  closed = false;
  /** Whether it credits what it reads. */
  credits = true;

  constructor(conn: Deno.Conn) {
    this.#conn = conn;
    void this.#read();
  }
  send(message: KernelMessage, payload?: Payload): void {
    const piece: KernelMessage = { t: "piece", of: message.t as "call", id: (message as { id: number }).id };
    const parts = payload === undefined || payload.length === 0
      ? [{ header: message, payload: "" }]
      : splitMessage<KernelMessage, KernelMessage>(message, payload, piece);
    for (const part of parts) this.#writer.push(part.header, part.payload);
    const bytes = this.#writer.take()!.slice();
    this.#writing = this.#writing.then(async () => {
      for (let at = 0; at < bytes.length;) at += await this.#conn.write(bytes.subarray(at));
    }).catch(() => {});
  }
  close(): void {
    this.closed = true;
    try {
      this.#conn.close();
    } catch {
      // closed by the cell
    }
    this.#wake();
  }
  /** The first message that fits, now or later; it is taken out. */
  async next<T extends CellMessage["t"]>(
    t: T,
    fits: (message: Extract<CellMessage, { t: T }>, payload: Payload) => boolean = () => true,
    ms = 5_000,
  ): Promise<{ message: Extract<CellMessage, { t: T }>; payload: Payload }> {
    const until = performance.now() + ms;
    for (;;) {
      const at = this.said.findIndex((s) => s.message.t === t && fits(s.message as never, s.payload));
      if (at !== -1) return this.said.splice(at, 1)[0] as never;
      const left = until - performance.now();
      assert.ok(
        left > 0 && !this.closed,
        `no '${t}' came${this.closed ? ", the link is closed" : ""}: ${spell(this.said)}`,
      );
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, left);
      this.#waiting.push(resolve);
      await promise;
      clearTimeout(timer);
    }
  }
  /** What the cell has credited so far, once so many messages were. */
  async credited(messages: number): Promise<{ bytes: number; messages: number }> {
    for (const until = performance.now() + 5_000; this.#credit.messages < messages;) {
      assert.ok(performance.now() < until, "no credit came");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return { ...this.#credit };
  }
  /** The next figures that come. */
  async figures(): Promise<CellFigures> {
    const had = this.#figures.length;
    for (const until = performance.now() + 5_000; this.#figures.length === had;) {
      assert.ok(performance.now() < until, "no figures came");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this.#figures.at(-1)!;
  }
  /** Resolves when the cell has closed it. */
  async ended(ms = 5_000): Promise<void> {
    const until = performance.now() + ms;
    while (!this.closed) {
      assert.ok(performance.now() < until, "the link stays open");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  async #read(): Promise<void> {
    const reader = new FrameReader({ proven: true });
    const buffer = new Uint8Array(65_536);
    try {
      for (let n = await this.#conn.read(buffer); n !== null; n = await this.#conn.read(buffer)) {
        const { messages, violation } = reader.feed(buffer.slice(0, n));
        assert.equal(violation, undefined);
        const credit = { bytes: 0, messages: 0 };
        for (const { header, payload } of messages) {
          const message = parseCellMessage(header);
          assert.ok(message !== undefined, `no message of the wire: ${JSON.stringify(header)}`);
          const cost = creditCost(message.t, payload.length);
          if (cost !== undefined) {
            credit.bytes += cost.bytes;
            credit.messages++;
          }
          if (message.t === "credit") {
            this.#credit.bytes += message.bytes;
            this.#credit.messages += message.messages;
          } else if (message.t === "figures") this.#figures.push(JSON.parse(text(payload)));
          else this.said.push({ message, payload });
        }
        if (this.credits && credit.messages > 0) this.send({ t: "credit", ...credit });
        this.#wake();
      }
    } catch (error) {
      if (error instanceof assert.AssertionError) console.error(error.message);
    }
    this.close();
  }
  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

function spell(said: readonly Said[]): string {
  return JSON.stringify(said.map(({ message, payload }) => [message, text(payload).slice(0, 300)]));
}

export class ScriptedKernel {
  readonly path: string;
  readonly token: string;
  #listener: Deno.UnixListener;
  #accepted: ScriptedLink[] = [];
  #waiting: ((link: ScriptedLink) => void)[] = [];
  epoch = 1;

  constructor(path: string, token: string) {
    this.path = path;
    this.token = token;
    this.#listener = this.#listen();
  }
  #listen(): Deno.UnixListener {
    const listener = Deno.listen({ transport: "unix", path: this.path });
    void (async () => {
      try {
        for await (const conn of listener) {
          const link = new ScriptedLink(conn);
          const waiting = this.#waiting.shift();
          if (waiting) waiting(link);
          else this.#accepted.push(link);
        }
      } catch {
        // closed
      }
    })();
    return listener;
  }
  /** The next connection, with nothing said on it. */
  async connection(ms = 10_000): Promise<ScriptedLink> {
    const there = this.#accepted.shift();
    if (there !== undefined) return there;
    const { promise, resolve } = Promise.withResolvers<ScriptedLink | undefined>();
    const timer = setTimeout(() => resolve(undefined), ms);
    this.#waiting.push(resolve);
    const link = await promise;
    clearTimeout(timer);
    assert.ok(link !== undefined, "nobody connected");
    return link;
  }
  /** The next connection that proves itself, welcomed. */
  async attached(): Promise<
    { link: ScriptedLink; report: { instances: unknown[]; holds: string[] }; incarnation: string }
  > {
    const link = await this.connection();
    const nonce = toHex(crypto.getRandomValues(new Uint8Array(32)));
    link.send({ t: "nonce", nonce, epoch: this.epoch });
    // A cell gives a link up that is silent for 250 ms, and tries another: on a busy machine this end may be that slow.
    const ifOpen = (error: unknown) => {
      if (!link.closed) throw error;
    };
    const attach = await link.next("attach").catch(ifOpen);
    if (attach === undefined) return await this.attached();
    const { message: { cell, incarnation, proof } } = attach;
    assert.ok(await checkProof(this.token, nonce, cell, incarnation, proof), "the proof is wrong");
    link.send({ t: "welcome", epoch: this.epoch });
    const reported = await link.next("report").catch(ifOpen);
    if (reported === undefined) return await this.attached();
    const report = JSON.parse(text(reported.payload));
    return { link, report, incarnation };
  }
  /** No new connection is accepted any more. */
  deaf(): void {
    this.#listener.close();
  }
  again(): void {
    this.#listener = this.#listen();
  }
}

/** Starts the command in the background, hands it a line over a pipe that it holds open, and waits. */
const FOSTER = 'read token; mkfifo "$0"; "$@" <"$0" & echo $!; exec 3>"$0"; echo "$token" >&3; wait';
const PROGRAM = new URL("../../../", import.meta.url).pathname.replace(/\/$/, "");

/** A cell in its own process, started as the watchdog does, and the kernel it finds. */
export class CellUnderTest implements AsyncDisposable {
  readonly folder = Deno.makeTempDirSync({ dir: "/tmp", prefix: "mm-cell-" });
  readonly token = toHex(crypto.getRandomValues(new Uint8Array(32)));
  readonly cell: CellId;
  readonly kernel: ScriptedKernel;
  readonly child: Deno.ChildProcess;
  readonly out: string[] = [];
  readonly err: string[] = [];
  /** Resolves when nobody holds its stdout any more: itself, and its foster parent. */
  readonly silent: Promise<void>;
  ended = false;
  readonly #fostered: boolean;

  constructor(
    options: {
      role?: "cell" | "vet";
      memory_mb?: number;
      read?: string[];
      write?: string[];
      net?: string[];
      token?: string;
      /** Its id; `@warm~1` waits for a module. */
      name?: string;
      /** Between this test and the cell stands a shell, which can be killed. It prints the cell's pid first. */
      foster?: boolean;
    } = {},
  ) {
    this.#fostered = options.foster ?? false;
    this.cell = (options.name ?? "tested~1") as CellId;
    const socket = `${this.folder}/k.sock`;
    this.kernel = new ScriptedKernel(socket, this.token);
    const keeps = {
      read: [socket, `${PROGRAM}/libs`, ...options.read ?? []],
      write: [socket, ...options.write ?? []],
      net: [`unix:${socket}`, ...options.net ?? []],
    };
    const args: CellArgs = { cell: this.cell, socket, keeps, blank: false, memory_mb: options.memory_mb ?? 300 };
    const command = [
      Deno.execPath(),
      ...["run", "--no-prompt", "--cached-only", "--no-check", "--quiet"],
      ...[`--config=${PROGRAM}/deno.json`, `--lock=${PROGRAM}/deno.lock`, "--frozen", "--unstable-worker-options"],
      ...[`--allow-read=${keeps.read}`, `--allow-write=${keeps.write}`, `--allow-net=${keeps.net}`],
      "--v8-flags=--disallow-code-generation-from-strings,--max-old-space-size=96,--max-semi-space-size=2,--no-memory-reducer",
      ...[`${PROGRAM}/kernel/roles/${options.role ?? "cell"}.ts`, JSON.stringify(args)],
    ];
    const started = options.foster ? ["/bin/sh", "-c", FOSTER, `${this.folder}/stdin`, ...command] : command;
    this.child = new Deno.Command(started[0]!, {
      args: started.slice(1),
      cwd: "/",
      clearEnv: true,
      env: { DENO_DIR: denoDir(), NO_COLOR: "1" },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    void this.#tell(options.token ?? this.token);
    this.silent = collect(this.child.stdout, this.out);
    void collect(this.child.stderr, this.err);
    void this.child.status.then(() => this.ended = true);
  }
  /** The cell's own pid, where it has a foster parent. */
  get foster(): number | undefined {
    const pid = Number(this.out[0]);
    return this.#fostered && Number.isSafeInteger(pid) ? pid : undefined;
  }
  async #tell(token: string): Promise<void> {
    const writer = this.child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(`${token}\n`));
    await writer.close();
  }
  /** Resolves with the exit status, or fails after `ms`. */
  async status(ms = 5_000): Promise<Deno.CommandStatus> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => resolve(undefined), ms);
    const status = await Promise.race([this.child.status, promise]);
    clearTimeout(timer);
    assert.ok(status !== undefined, "the cell did not end");
    return status;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.foster !== undefined) tryKill(this.foster);
    if (!this.ended) this.child.kill("SIGKILL");
    await this.child.status;
    this.kernel.deaf();
    await Deno.remove(this.folder, { recursive: true }).catch(() => {});
  }
}

function tryKill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // it has ended
  }
}

async function collect(stream: ReadableStream<Uint8Array>, lines: string[]): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    lines.push(...parts);
  }
  if (rest !== "") lines.push(rest);
}

function denoDir(): string {
  return Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`;
}

/** An order to load that grants nothing. */
export function loadOrder(
  code: string,
  more: Partial<Omit<LoadOrder, "limits">> & { limits?: Partial<Limits> } = {},
): Payload {
  const order: LoadOrder = {
    ...{ api: "tested", hash: "h1", code, own: {}, packages: [], builtins: [], home: "/nowhere", folders: [], net: [] },
    ...{ listen: [], wasm: false, kernel: [], ...more },
    limits: { ...DEFAULT_LIMITS, ...more.limits },
  };
  return writeJsonPayload(order);
}

export const I1 = "1.1" as InstanceId;
export const I2 = "1.2" as InstanceId;

export function args(...values: unknown[]): Payload {
  const encoded = encodeValue(values);
  assert.ok(encoded.ok);
  return encoded.value;
}
export function text(payload: Payload): string {
  return typeof payload === "string" ? payload : new TextDecoder().decode(payload);
}
export function value(payload: Payload): unknown {
  const decoded = decodeValue(payload);
  assert.ok(decoded.ok);
  return decoded.value;
}
