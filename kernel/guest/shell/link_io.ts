/**
 * The hands of the links: sockets, frames, pieces, credit. They have no opinion: what came in becomes an event, what is to go out is queued and
 * leaves once for each turn of the loop, or while a write is under way with the next one.
 */
import type { Connection } from "../../contract/powers.ts";
import type { CellMessage, KernelMessage, Payload } from "../../contract/wire.ts";
import { FrameReader } from "../../primitives/frame_codec.ts";
import { type Joined, type PieceBounds, PieceJoiner, pieceKey } from "../../primitives/join_pieces.ts";
import { exceedsBytes } from "../../primitives/payload.ts";
import { EARLY_MESSAGES, LinkOutbox } from "../../primitives/link_outbox.ts";
import { readKernelHeader, writeCellHeader } from "../../primitives/short_headers.ts";
import { creditCost, ReceiveWindow } from "../../primitives/window.ts";
import type { LinkEvent } from "./link_machine.ts";
import { SHELL_CLOCK } from "./shell_clock.ts";

export interface LinkListener {
  event(event: LinkEvent): void;
  /** A message that its receiver does not take, or for which there is no room now. */
  refused(link: number, what: Extract<Joined<KernelMessage>, { kind: "too_large" | "crowded" }>): void;
  /** Bytes of calls that there is room for, all that are being put together. */
  callRoom(): number;
  /** How many bytes the receiver of this call, reply or order takes. */
  maxBytes(message: KernelMessage): number;
}

/** A Worker has not taken what it was told, or the modules are in debt for CPU. */
export type WhyHeld = "untaken" | "cpu";

/** Opens the one socket that a cell knows. */
export type Connect = () => Promise<Connection>;
interface Link {
  readonly connection: Connection;
  readonly outbox: LinkOutbox<CellMessage>;
  readonly received: ReceiveWindow;
  readonly calls: PieceJoiner<KernelMessage>;
  readonly others: PieceJoiner<KernelMessage>;
  writing: Promise<void> | undefined;
  closed: boolean;
}

const READ_BYTES = 65_536;
/** Messages in pieces at once, and their bytes together. */
const PIECES = Object.freeze({ open: 1_024, total_bytes: 67_108_864, beyond: "crowded" });

export class LinkIo {
  readonly #connect: Connect;
  readonly #listener: LinkListener;
  readonly #call_bounds: PieceBounds;
  readonly #links = new Map<number, Link>();
  /** Links whose connection is being made. */
  readonly #connecting = new Set<number>();
  #turn_due = false;
  readonly #held_for = new Set<WhyHeld>();
  #reads_held: PromiseWithResolvers<void> | undefined;

  constructor(connect: Connect, listener: LinkListener) {
    this.#connect = connect;
    this.#listener = listener;
    this.#call_bounds = {
      ...PIECES,
      get total_bytes() {
        return listener.callRoom();
      },
    };
  }

  /** Bytes that wait for credit or for a socket. */
  get queued_bytes(): number {
    let bytes = 0;
    for (const link of this.#links.values()) bytes += link.outbox.queued_bytes;
    return bytes;
  }

  async connect(number: number): Promise<void> {
    this.#connecting.add(number);
    let connection: Connection;
    try {
      connection = await this.#connect();
    } catch {
      if (this.#connecting.delete(number)) this.#listener.event({ on: "closed", link: number });
      return;
    }
    if (!this.#connecting.delete(number)) return connection.close();
    const link: Link = {
      connection,
      outbox: new LinkOutbox<CellMessage>(writeCellHeader),
      received: new ReceiveWindow(),
      calls: new PieceJoiner(this.#call_bounds),
      others: new PieceJoiner(PIECES),
      writing: undefined,
      closed: false,
    };
    this.#links.set(number, link);
    this.#listener.event({ on: "connected", link: number });
    await this.#read(number, link);
    this.#ended(number, link);
  }

  /** Closes without an event: whoever asks knows. */
  close(number: number): void {
    this.#connecting.delete(number);
    const link = this.#links.get(number);
    if (link === undefined) return;
    this.#links.delete(number);
    this.#shut(link);
  }

  send(number: number, message: CellMessage, payload?: Payload): void {
    const link = this.#links.get(number);
    if (link === undefined) return;
    link.outbox.push(message, payload);
    if (link.outbox.count >= EARLY_MESSAGES) this.#write(number, link);
    else this.endOfTurn();
  }

  /** Says on every link what it may say before anything else, then waits for the sockets, at most so long. */
  async flush(ms: number): Promise<void> {
    const written = [...this.#links].map(([number, link]) => {
      this.#write(number, link);
      return link.writing;
    });
    const late = Promise.withResolvers<void>();
    const cancel = SHELL_CLOCK.after(ms, late.resolve);
    await Promise.race([Promise.all(written), late.promise]);
    cancel();
  }

  /** While held, for one reason or another, nothing more is read: the sockets' buffers are the back-pressure. */
  holdReads(hold: boolean, why: WhyHeld): void {
    if (hold) this.#held_for.add(why);
    else if (!this.#held_for.delete(why)) return;
    if (this.#held_for.size > 0) this.#reads_held ??= Promise.withResolvers<void>();
    else {
      this.#reads_held?.resolve();
      this.#reads_held = undefined;
    }
  }

  /** Something was said or heard: at the end of this turn what was collected leaves. */
  endOfTurn(): void {
    if (this.#turn_due) return;
    this.#turn_due = true;
    queueMicrotask(() => {
      this.#listener.event({ on: "turn" });
      this.#turn_due = false;
      for (const [number, link] of this.#links) {
        const credit = link.received.takeCredit();
        if (credit !== undefined) link.outbox.push({ t: "credit", ...credit });
        this.#write(number, link);
      }
    });
  }

  async #read(number: number, link: Link): Promise<void> {
    const reader = new FrameReader({ proven: true });
    let buffer = new Uint8Array(READ_BYTES);
    try {
      while (!link.closed) {
        if (this.#reads_held !== undefined) await this.#reads_held.promise;
        const count = await link.connection.read(buffer);
        if (count === null) return;
        const { messages, violation } = reader.feed(buffer.subarray(0, count));
        if (reader.holds_chunk) buffer = new Uint8Array(READ_BYTES);
        for (const { header, payload } of messages) {
          if (link.closed || !this.#take(number, link, readKernelHeader(header), payload)) return;
        }
        if (violation !== undefined) return;
        this.endOfTurn();
      }
    } catch {
      // a reset is an end like any other
    }
  }

  /** False when the kernel does not keep to the wire. */
  #take(number: number, link: Link, message: KernelMessage, payload: Payload): boolean {
    const cost = creditCost(message.t, payload.length);
    if (cost !== undefined) {
      if (!link.received.receive(cost)) return false;
      link.received.processed(cost);
    }
    if (message.t === "credit") {
      link.outbox.credit(message);
      return true;
    }
    if (message.t === "cancel") link.calls.drop(pieceKey("call", message.id));
    const of_call = message.t === "call" || (message.t === "piece" && message.of === "call");
    const joined = this.#join(of_call ? link.calls : link.others, message, payload);
    switch (joined.kind) {
      case "whole":
        this.#listener.event({ on: "message", link: number, message: joined.header, payload: joined.payload });
        return true;
      case "too_large":
      case "crowded":
        this.#listener.refused(number, joined);
        return true;
      default:
        return joined.kind === "partial";
    }
  }

  #join(joiner: PieceJoiner<KernelMessage>, message: KernelMessage, payload: Payload): Joined<KernelMessage> {
    switch (message.t) {
      case "piece":
        return joiner.add(pieceKey(message.of, message.id), payload, message.more === true);
      case "call":
      case "reply":
      case "load":
      case "import":
      case "vet": {
        const max_bytes = this.#listener.maxBytes(message);
        if (message.more) return joiner.begin(pieceKey(message.t, message.id), message, payload, max_bytes);
        if (exceedsBytes(payload, max_bytes)) return { kind: "too_large", header: message, max_bytes };
        return { kind: "whole", header: message, payload };
      }
      default:
        return { kind: "whole", header: message, payload };
    }
  }

  #write(number: number, link: Link): void {
    if (link.writing !== undefined) return; // what was pushed meanwhile follows
    const first = link.outbox.take();
    if (first !== undefined) link.writing = this.#writeAll(link, first).catch(() => this.#ended(number, link));
  }

  async #writeAll(link: Link, first: Uint8Array): Promise<void> {
    try {
      for (let bytes: Uint8Array | undefined = first; bytes !== undefined && !link.closed; bytes = link.outbox.take()) {
        await link.connection.write(bytes);
      }
    } finally {
      link.writing = undefined;
    }
  }

  #ended(number: number, link: Link): void {
    const known = this.#links.get(number) === link;
    this.#links.delete(number);
    this.#shut(link);
    if (known) this.#listener.event({ on: "closed", link: number });
  }

  #shut(link: Link): void {
    if (link.closed) return;
    link.closed = true;
    link.connection.close();
  }
}
