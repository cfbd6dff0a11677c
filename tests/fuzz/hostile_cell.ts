/** A cell that holds a real token and keeps to the wire only as far as the test likes: one link at a time over the kernel's real socket. */
import type { InstanceId } from "../../kernel/contract/names.ts";
import type { KernelMessage } from "../../kernel/contract/wire.ts";
import { type Framed, FrameReader, FrameWriter } from "../../kernel/primitives/frame_codec.ts";
import { proveToken } from "../../kernel/primitives/hmac.ts";
import { readKernelHeader } from "../../kernel/primitives/short_headers.ts";
import { creditCost, SendWindow } from "../../kernel/primitives/window.ts";
import type { PlayedCell } from "./played_cells.ts";

type Payload = string | Uint8Array;
export type Said = readonly [header: object, payload?: Payload];

/** Calls that it was sent and may answer; the oldest are forgotten. */
const REMEMBERED = 64;

export class HostileCell {
  readonly played: PlayedCell;
  readonly #path: string;
  #connection: Deno.UnixConn | undefined;
  #window = new SendWindow();
  #roomier: () => void = () => {};
  #written = Promise.resolve();
  closed = Promise.resolve();
  open = false;
  /** The instance that was last loaded here. */
  instance: InstanceId | undefined;
  /** Numbers of calls that it serves, by the kernel; of those it made, by itself. */
  served: number[] = [];
  made: number[] = [];
  heard = 0;
  /** The kernel told it to end. */
  bye = false;
  onMessage: (message: KernelMessage) => void = () => {};

  constructor(path: string, played: PlayedCell) {
    this.#path = path;
    this.played = played;
  }

  /** A new link, attached; false when the kernel would not have it. */
  async attach(): Promise<boolean> {
    this.close();
    const connection = await Deno.connect({ transport: "unix", path: this.#path }).catch(() => undefined);
    if (connection === undefined) return false;
    this.#connection = connection;
    this.#window = new SendWindow();
    const attached = Promise.withResolvers<boolean>();
    this.open = true;
    this.closed = this.#read(connection, attached.resolve).finally(() => {
      if (this.#connection === connection) this.open = false;
      attached.resolve(false);
      this.#roomier();
    });
    return await attached.promise;
  }

  close(): void {
    this.open = false;
    try {
      this.#connection?.close();
    } catch { /* the kernel did */ }
    this.#connection = undefined;
  }

  /** One after the other; what was said on a link that closes meanwhile is lost. */
  write(bytes: Uint8Array): Promise<void> {
    const connection = this.#connection;
    return this.#written = this.#written.then(async () => {
      try {
        for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await connection!.write(rest));
      } catch { /* closed */ }
    });
  }

  /** One frame, as soon as its credit allows; false when the link is closed, or none comes for a second. */
  async say(...said: Said[]): Promise<boolean> {
    for (const [header, payload = ""] of said) {
      const cost = creditCost((header as { t: string }).t, payload.length);
      if (cost === undefined) continue;
      while (!this.#window.hasRoom(cost)) if (!await this.#moreRoom() || !this.open) return false;
      this.#window.take(cost);
    }
    await this.write(frame(said));
    return this.open;
  }

  async #moreRoom(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), 1_000);
    this.#roomier = () => resolve(true);
    return await promise.finally(() => clearTimeout(timer));
  }

  async #read(connection: Deno.UnixConn, attached: (yes: boolean) => void): Promise<void> {
    const reader = new FrameReader({ proven: true });
    const buffer = new Uint8Array(65_536);
    for (;;) {
      const count = await connection.read(buffer).catch(() => null);
      if (count === null) return;
      let [messages, bytes] = [0, 0];
      for (const framed of reader.feed(buffer.slice(0, count)).messages) {
        const message = await this.#take(framed, attached);
        if (creditCost(message.t, 0) === undefined) continue;
        messages++;
        bytes += framed.payload.length + 64;
      }
      if (messages > 0) await this.write(frame([[{ t: "credit", bytes, messages }]]));
    }
  }

  async #take({ header }: Framed, attached: (yes: boolean) => void): Promise<KernelMessage> {
    const message = readKernelHeader(header);
    this.heard++;
    switch (message.t) {
      case "nonce": {
        const { cell, token } = this.played;
        const proof = await proveToken(token, message.nonce, cell, "aa");
        await this.write(frame([[{ t: "attach", cell, incarnation: "aa", proof, pid: 7 }]]));
        break;
      }
      case "welcome":
        attached(true);
        break;
      case "credit":
        this.#window.credit(message);
        this.#roomier();
        break;
      case "call":
        this.served = [...this.served, message.id].slice(-REMEMBERED);
        break;
      case "bye":
        this.bye = true;
        break;
      default:
    }
    this.onMessage(message);
    return message;
  }
}

/** Payloads of one frame are of one kind: text becomes bytes where one of them is. */
export function frame(said: readonly Said[]): Uint8Array {
  const writer = new FrameWriter<object>();
  for (const [header, payload] of said) writer.push(header, payload);
  return writer.take()!.slice();
}
