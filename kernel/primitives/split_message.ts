import { WIRE } from "../contract/limits.ts";
import type { Payload } from "../contract/wire.ts";

/** A header that has been made to say whether pieces follow. */
export type Split<M, P> = { readonly header: (M | P) & { readonly more?: true }; readonly payload: Payload };

/**
 * A message as what travels: itself when its payload fits WIRE.chunk_bytes, else its first piece with `more`, then `piece` headers (the given
 * one, which names what it continues), the last without `more`. An iterator, so that a sender can let other messages pass between.
 * Payloads are spans of the given one, not copies. Text is measured in its units: what it takes in bytes shows when it is written.
 */
export function* splitMessage<M extends object, P extends object>(
  header: M,
  payload: Payload,
  piece: P,
): Generator<Split<M, P>, void, void> {
  let at = 0;
  let next: M | P = header;
  while (payload.length - at > WIRE.chunk_bytes) {
    const end = endOfPiece(payload, at);
    yield { header: { ...next, more: true }, payload: cut(payload, at, end) };
    next = piece;
    at = end;
  }
  yield { header: next, payload: cut(payload, at, payload.length) };
}

/** Never within a character: each piece is encoded by itself. */
function endOfPiece(payload: Payload, at: number): number {
  const end = at + WIRE.chunk_bytes;
  const unit = typeof payload === "string" ? payload.charCodeAt(end - 1) : 0;
  return unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end;
}

function cut(payload: Payload, from: number, to: number): Payload {
  return typeof payload === "string" ? payload.slice(from, to) : payload.subarray(from, to);
}
