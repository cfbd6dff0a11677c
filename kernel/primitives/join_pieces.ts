import type { Payload } from "../contract/wire.ts";
import { GrowingPayload } from "./growing_payload.ts";

/** What one piece led to. `too_large` comes once, with the header; the pieces that still follow are swallowed as `partial`. */
export type Joined<M> =
  | { readonly kind: "whole"; readonly header: M; readonly payload: Payload }
  | { readonly kind: "partial" }
  | { readonly kind: "too_large"; readonly header: M; readonly max_bytes: number }
  /** A piece of nothing, a second beginning, or more open messages than allowed: the peer does not keep to the wire. */
  | { readonly kind: "violation"; readonly violation: string };

interface Open<M> {
  readonly header: M;
  readonly max_bytes: number;
  /** Undefined once too large: what follows is counted for nothing and forgotten. */
  bytes: GrowingPayload | undefined;
}

/** The key of a message in pieces: ids of different kinds may be equal. */
export function pieceKey(of: string, id: number): string {
  return `${of} ${id}`;
}

const PARTIAL = Object.freeze({ kind: "partial" });

/**
 * Puts together what split_message.ts took apart. Bounded thrice: each message by its own `max_bytes`, all of them by `total_bytes` (a message that
 * would exceed it is too large), and in number by `open`. Pieces are copied, so that a tiny one keeps no large chunk alive.
 */
export class PieceJoiner<M> {
  #open = new Map<string, Open<M>>();
  #bytes = 0;
  readonly #bounds: { readonly open: number; readonly total_bytes: number };

  constructor(bounds: { readonly open: number; readonly total_bytes: number }) {
    this.#bounds = bounds;
  }

  /** A first piece, its header said `more`. */
  begin(key: string, header: M, payload: Payload, max_bytes: number): Joined<M> {
    if (this.#open.has(key)) return { kind: "violation", violation: `a second beginning of ${key}` };
    if (this.#open.size >= this.#bounds.open) {
      return { kind: "violation", violation: `more than ${this.#bounds.open} messages in pieces at once` };
    }
    const open: Open<M> = { header, max_bytes, bytes: new GrowingPayload() };
    this.#open.set(key, open);
    return this.#append(open, payload) ?? PARTIAL;
  }

  /** A piece that continues. */
  add(key: string, payload: Payload, more: boolean): Joined<M> {
    const open = this.#open.get(key);
    if (open === undefined) return { kind: "violation", violation: `a piece of ${key}, which was not begun` };
    if (!more) this.#open.delete(key);
    const refused = this.#append(open, payload);
    if (refused !== undefined) return refused;
    if (more || open.bytes === undefined) return PARTIAL;
    this.#bytes -= open.bytes.length;
    return { kind: "whole", header: open.header, payload: open.bytes.take() };
  }

  /** Forgets the bytes of a message that nobody wants any more; its pieces that still come are swallowed. */
  drop(key: string): void {
    const open = this.#open.get(key);
    if (open !== undefined) this.#forget(open);
  }

  #append(open: Open<M>, payload: Payload): Joined<M> | undefined {
    if (open.bytes === undefined) return undefined;
    if (
      open.bytes.length + payload.length > open.max_bytes || this.#bytes + payload.length > this.#bounds.total_bytes
    ) {
      this.#forget(open);
      return { kind: "too_large", header: open.header, max_bytes: open.max_bytes };
    }
    if (!open.bytes.append(payload)) {
      return { kind: "violation", violation: "pieces of text and of bytes in one message" };
    }
    this.#bytes += payload.length;
    return undefined;
  }

  #forget(open: Open<M>): void {
    this.#bytes -= open.bytes?.length ?? 0;
    open.bytes = undefined;
  }
}
