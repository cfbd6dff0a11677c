import { isHex } from "./check_fields.ts";

/** Bytes as lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return bytes.toHex();
}

/** What toHex wrote; undefined for anything else, upper case and an odd number of digits among it. */
export function fromHex(text: unknown): Uint8Array<ArrayBuffer> | undefined {
  return text === "" ? new Uint8Array(0) : isHex(text, Infinity) ? Uint8Array.fromHex(text) : undefined;
}
