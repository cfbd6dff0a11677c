import { type Fault, fault, ok, refuse, type Result } from "../contract/fault.ts";
import { WIRE } from "../contract/limits.ts";
import type { Plain } from "../contract/plain.ts";
import type { Payload } from "../contract/wire.ts";
import { readUint32 } from "./frame_layout.ts";
import { type Borrow, reviveTags } from "./revive_tags.ts";
import { nestsAtMost } from "./scan_depth.ts";
import { WITH_BYTES } from "./value_tags.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const NO_BYTES = new Uint8Array(0);

/**
 * A payload as the plain data it says, all of it fresh and the receiver's own; `borrow` gives what stands for things that were lent. Refuses what
 * encodeValue would not have written (`invalid_argument`) or nests too deep (`too_deep`). Never throws. An own key `__proto__` arrives as an own key.
 */
export function decodeValue(payload: Payload, borrow?: Borrow): Result<Plain> {
  if (typeof payload === "string") return read(payload, NO_BYTES, borrow);
  if (payload[0] !== WITH_BYTES || payload.length < 5) return refuse(malformed("its first five bytes are missing"));
  const end = 5 + readUint32(payload, 1);
  if (end > payload.length) return refuse(malformed("its JSON text is longer than the payload"));
  let text: string;
  try {
    text = utf8.decode(payload.subarray(5, end));
  } catch {
    return refuse(malformed("it is not UTF-8"));
  }
  return read(text, payload.subarray(end), borrow);
}

function read(text: string, blobs: Uint8Array, borrow: Borrow | undefined): Result<Plain> {
  if (!nestsAtMost(WIRE.depth, text)) {
    const hint = `nest data at most ${WIRE.depth} levels deep`;
    return refuse(fault("too_deep", `the payload is nested more than ${WIRE.depth} levels deep`, { hint }));
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(malformed("it is not JSON"));
  }
  if (!mayHoldTags(text)) {
    return blobs.length === 0 ? ok(value as Plain) : refuse(malformed("it has bytes nobody names"));
  }
  const revived = reviveTags(value, blobs, borrow);
  return revived.ok ? ok(revived.value) : refuse(malformed(revived.violation));
}

/** Without such a key in its text a value is what the parser made of it, and needs no second look. */
function mayHoldTags(text: string): boolean {
  return text.includes('"$') || text.includes('"\\u0024');
}

function malformed(why: string): Fault {
  return fault("invalid_argument", `the payload is malformed: ${why}`);
}
