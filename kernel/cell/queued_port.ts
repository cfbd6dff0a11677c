/**
 * Where messages for one cell go, for the life of its process: to the link it has attached, and between links into a bounded queue that follows
 * once the cell has reported what it knows.
 */
import { ownPayload } from "../primitives/payload.ts";
import { WIRE } from "../contract/limits.ts";
import type { CellId } from "../contract/names.ts";
import type { KernelMessage, Payload } from "../contract/wire.ts";
import type { CellPort } from "../broker/mod.ts";
import { MESSAGE_COST_BYTES } from "../primitives/window.ts";
import type { CellLink } from "./cell_link.ts";

/** Faults and ends are smaller than this; they pass a full queue, since each call has one at most. */
const SMALL_BYTES = 4_096;

export class QueuedPort implements CellPort {
  readonly cell: CellId;
  #link: CellLink | undefined;
  readonly #hang_ups: (() => void)[] = [];
  /** The cell has reported on this link: what is said goes there. */
  #open = false;
  /** The cell makes no root calls on this link any more: it has a newer one. */
  #fenced = false;
  #ended = false;
  #unsent: { readonly message: KernelMessage; readonly payload: Payload | undefined }[] = [];
  #unsent_bytes = 0;

  constructor(cell: CellId) {
    this.cell = cell;
  }

  get attached(): boolean {
    return this.#link !== undefined;
  }

  /** The cell has gone over to a newer kernel, or has no link here. */
  get left(): boolean {
    return this.#link === undefined || this.#fenced;
  }
  /** All that was said has been taken by the system. */
  get idle(): boolean {
    return this.#link?.idle ?? true;
  }
  fence(): void {
    this.#fenced = true;
  }

  send(message: KernelMessage, payload?: Payload): boolean {
    if (this.#ended) return false;
    const size = (payload?.length ?? 0) + MESSAGE_COST_BYTES;
    const queued = this.#unsent_bytes + (this.#link?.queued_bytes ?? 0);
    if (hasWeight(message, size) && queued + size > WIRE.queue_bytes) return false;
    if (this.#open) this.#link!.send(message, payload);
    else {
      this.#unsent.push({ message, payload: payload === undefined ? undefined : ownPayload(payload) });
      this.#unsent_bytes += size;
    }
    return true;
  }

  holdsBack(id: number): boolean {
    return this.#unsent.some(({ message }) => message.t === "call" && message.id === id);
  }
  /** Whether an order to load this instance still waits here. */
  holdsLoad(instance: string): boolean {
    return this.#unsent.some(({ message }) => message.t === "load" && message.instance === instance);
  }

  /** One link at a time: the newest. Nothing is said on it before `open`. */
  attach(link: CellLink): void {
    const former = this.#link;
    this.#link = link;
    this.#open = false;
    this.#fenced = false;
    former?.close();
  }

  /** The cell has said what it knows: what waited follows, but for pieces whose beginning went with a former link. */
  open(): void {
    this.#open = true;
    const unsent = this.#unsent;
    this.#unsent = [];
    this.#unsent_bytes = 0;
    const begun = new Set<string>();
    for (const { message, payload } of unsent) {
      if (message.t === "piece" && !begun.has(`${message.of} ${message.id}`)) continue;
      if ("more" in message && message.more && "id" in message && message.t !== "piece") {
        begun.add(`${message.t} ${message.id}`);
      }
      this.#link?.send(message, payload);
    }
  }

  detach(link: CellLink): void {
    if (this.#link !== link) return;
    this.#link = undefined;
    this.#open = false;
    for (const read of this.#hang_ups.splice(0)) read();
  }

  /** Resolves when the other end has hung up, so that all it said has been read; at once when no link is attached. */
  hungUp(): Promise<void> {
    return new Promise((read) => this.#link === undefined ? read() : this.#hang_ups.push(read));
  }

  /** The process has ended. */
  end(): void {
    this.#ended = true;
    this.#unsent = [];
    this.#unsent_bytes = 0;
    const link = this.#link;
    this.#link = undefined;
    this.#open = false;
    link?.close();
    for (const read of this.#hang_ups.splice(0)) read();
  }
}

function hasWeight(message: KernelMessage, size: number): boolean {
  switch (message.t) {
    case "call":
    case "items":
    case "pull":
      return true; // there may be any number of them
    case "reply":
    case "piece":
      return size > SMALL_BYTES || ("more" in message && message.more === true);
    default:
      return false;
  }
}
