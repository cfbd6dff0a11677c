import type { Payload } from "../contract/wire.ts";
import { GrowingPayload } from "./growing_payload.ts";

/** What one piece led to. `too_large` and `crowded` come once, with the header; the pieces that still follow are swallowed as `partial`. */
export type Joined<M> =
  | { readonly kind: "whole"; readonly header: M; readonly payload: Payload }
  | { readonly kind: "partial" }
  | { readonly kind: "too_large"; readonly header: M; readonly max_bytes: number }
  /** It fits, but not beside the others that are under way; only where such is asked for (`beyond`). */
  | { readonly kind: "crowded"; readonly header: M }
  /** A piece of nothing, a second beginning, or more open messages than a rumour may begin: the peer does not keep to the wire. */
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

/** Read anew for each piece: what there is room for may change. */
export interface PieceBounds {
  readonly open: number;
  readonly total_bytes: number;
  /** The peer is trusted and only has too much to say: what is beyond these two is `crowded`. Else it is a violation, or too large. */
  readonly beyond?: "crowded";
}

/**
 * Puts together what split_message.ts took apart. Bounded thrice: each message by its own `max_bytes`, all of them by `total_bytes`, and in number by
 * `open`. Pieces are copied, so that a tiny one keeps no large chunk alive.
 */
export class PieceJoiner<M> {
  #open = new Map<string, Open<M>>();
  #bytes = 0;
  /** Of them those whose bytes are kept. */
  #kept = 0;
  readonly #bounds: PieceBounds;

  constructor(bounds: PieceBounds) {
    this.#bounds = bounds;
  }

  /** A first piece, its header said `more`. */
  begin(key: string, header: M, payload: Payload, max_bytes: number): Joined<M> {
    if (this.#open.has(key)) return { kind: "violation", violation: `a second beginning of ${key}` };
    if (this.#bounds.beyond === "crowded" && this.#kept >= this.#bounds.open) {
      this.#open.set(key, { header, max_bytes, bytes: undefined });
      return { kind: "crowded", header };
    }
    if (this.#bounds.beyond === undefined && this.#open.size >= this.#bounds.open) {
      return { kind: "violation", violation: `more than ${this.#bounds.open} messages in pieces at once` };
    }
    const open: Open<M> = { header, max_bytes, bytes: new GrowingPayload() };
    this.#open.set(key, open);
    this.#kept++;
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
    this.#kept--;
    return { kind: "whole", header: open.header, payload: open.bytes.take() };
  }

  /** Bytes that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Forgets the bytes of a message that nobody wants any more; its pieces that still come are swallowed. */
  drop(key: string): void {
    const open = this.#open.get(key);
    if (open !== undefined) this.#forget(open);
  }

  #append(open: Open<M>, payload: Payload): Joined<M> | undefined {
    if (open.bytes === undefined) return undefined;
    const fits = open.bytes.length + payload.length <= open.max_bytes;
    if (!fits || this.#bytes + payload.length > this.#bounds.total_bytes) {
      const { header, max_bytes } = open;
      this.#forget(open);
      return fits && this.#bounds.beyond === "crowded"
        ? { kind: "crowded", header }
        : { kind: "too_large", header, max_bytes };
    }
    if (!open.bytes.append(payload)) {
      return { kind: "violation", violation: "pieces of text and of bytes in one message" };
    }
    this.#bytes += payload.length;
    return undefined;
  }

  #forget(open: Open<M>): void {
    if (open.bytes === undefined) return;
    this.#bytes -= open.bytes.length;
    this.#kept--;
    open.bytes = undefined;
  }
}
