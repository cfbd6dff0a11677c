import { type Fault, fault, ok, refuse, type Result } from "../contract/fault.ts";
import { WIRE } from "../contract/limits.ts";
import type { Plain } from "../contract/plain.ts";
import { readUint32 } from "./frame_layout.ts";
import { reviveTags } from "./revive_tags.ts";
import { nestsAtMost } from "./scan_depth.ts";
import { WITH_BYTES } from "./value_tags.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const NO_BYTES = new Uint8Array(0);

/**
 * A payload's bytes as the plain data they say, all of it fresh and the receiver's own. Refuses what encodeValue would not have written
 * (`invalid_argument`) or nests too deep (`too_deep`). Never throws. An own key `__proto__` arrives as an own key.
 */
export function decodeValue(bytes: Uint8Array): Result<Plain> {
  let json = bytes;
  let blobs: Uint8Array = NO_BYTES;
  if (bytes[0] === WITH_BYTES) {
    if (bytes.length < 5) return refuse(malformed("it ends within its first five bytes"));
    const end = 5 + readUint32(bytes, 1);
    if (end > bytes.length) return refuse(malformed("its JSON text is longer than the payload"));
    json = bytes.subarray(5, end);
    blobs = bytes.subarray(end);
  }
  if (!nestsAtMost(WIRE.depth, json)) {
    const hint = `nest data at most ${WIRE.depth} levels deep`;
    return refuse(fault("too_deep", `the payload is nested more than ${WIRE.depth} levels deep`, { hint }));
  }
  let text: string;
  try {
    text = utf8.decode(json);
  } catch {
    return refuse(malformed("it is not UTF-8"));
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
  const revived = reviveTags(value, blobs);
  return revived.ok ? ok(revived.value) : refuse(malformed(revived.violation));
}

/** Without such a key in its text a value is what the parser made of it, and needs no second look. */
function mayHoldTags(text: string): boolean {
  return text.includes('"$') || text.includes('"\\u0024');
}

function malformed(why: string): Fault {
  return fault("invalid_argument", `the payload is malformed: ${why}`);
}
