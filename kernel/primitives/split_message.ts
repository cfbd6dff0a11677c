import { WIRE } from "../contract/limits.ts";

/** A header that has been made to say whether pieces follow. */
export type Split<M, P> = { readonly header: (M | P) & { readonly more?: true }; readonly payload: Uint8Array };

/**
 * A message as what travels: itself when its payload fits WIRE.chunk_bytes, else its first piece with `more`, then `piece` headers (the given
 * one, which names what it continues), the last without `more`. An iterator, so that a sender can let other messages pass between.
 * Payloads are spans of the given one, not copies.
 */
export function* splitMessage<M extends object, P extends object>(
  header: M,
  payload: Uint8Array,
  piece: P,
): Generator<Split<M, P>, void, void> {
  let at = 0;
  let next: M | P = header;
  while (payload.length - at > WIRE.chunk_bytes) {
    yield { header: { ...next, more: true }, payload: payload.subarray(at, at += WIRE.chunk_bytes) };
    next = piece;
  }
  yield { header: next, payload: payload.subarray(at) };
}
