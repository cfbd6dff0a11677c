/** The numbers of a frame as contract/wire.ts draws it: length, type, length of the headers, headers, payloads. */

/** Bytes of the length that stands before each frame. */
export const LENGTH_BYTES = 4;
/** Bytes of type and header length, which the frame's length counts. */
export const PREFIX_BYTES = 5;
/** A batch whose payloads are bytes; sizes count bytes. */
export const BYTES_TYPE = 1;
/** A batch that is text from its headers to its end; sizes count UTF-16 units, so that one decoding serves all of it. */
export const TEXT_TYPE = 2;

/** Reads four bytes, big-endian, unsigned. */
export function readUint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

/** Writes four bytes, big-endian. */
export function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}
