/** The numbers of a frame as contract/wire.ts draws it: length, type, length of the headers, headers, payloads. */

/** Bytes of the length that stands before each frame. */
export const LENGTH_BYTES = 4;
/** Bytes of type and header length, which the frame's length counts. */
export const PREFIX_BYTES = 5;
/** The one type there is: a batch of messages. */
export const MESSAGES_TYPE = 1;

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
