import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { Payload } from "../contract/wire.ts";
import { writeUint32 } from "./frame_layout.ts";
import { exceedsBytes } from "./payload.ts";
import { type Lend, preparePlain } from "./prepare_plain.ts";
import { refusalFault } from "./plain_refusal.ts";
import { WITH_BYTES } from "./value_tags.ts";

const utf8 = new TextEncoder();

/** Above any receiver's limits.message_bytes that makes sense; only keeps a value with shared references from becoming everything there is. */
export const ENCODE_BYTES = 67_108_864;

export interface EncodeOptions {
  readonly max_bytes?: number;
  /** What else than plain data may travel here, and how it is written. */
  readonly lend?: Lend | undefined;
}

/**
 * Plain data as a payload: JSON text, or bytes where it holds bytes. `root` is what the value is called in a refusal: `arguments[0].when is a Map; …`. Refuses what is no
 * plain data (`invalid_argument`), nested too deep (`too_deep`) or above `max_bytes` (`too_large`). Never throws, runs no accessor, changes nothing.
 * Symbol keys and properties that are not enumerable stay behind, as with structuredClone; -0 arrives as 0.
 */
export function encodeValue(
  value: unknown,
  root = "value",
  { max_bytes = ENCODE_BYTES, lend }: EncodeOptions = {},
): Result<Payload> {
  try {
    const prepared = preparePlain(value, max_bytes, lend);
    if ("kind" in prepared) return refuse(refusalFault(root, prepared));
    const text = JSON.stringify(prepared.json);
    const payload = prepared.blobs.length === 0
      ? text
      : withBlobs(utf8.encode(text), prepared.blobs, prepared.blob_bytes);
    if (exceedsBytes(payload, max_bytes)) {
      return refuse(fault("too_large", `${root} makes more than ${max_bytes} bytes`));
    }
    return ok(payload);
  } catch (error) {
    return refuse(fault("invalid_argument", `${root} can't be read: ${words(error)}`));
  }
}

function withBlobs(text: Uint8Array, blobs: readonly Uint8Array[], blob_bytes: number): Uint8Array {
  const bytes = new Uint8Array(5 + text.length + blob_bytes);
  bytes[0] = WITH_BYTES;
  writeUint32(bytes, 1, text.length);
  bytes.set(text, 5);
  let at = 5 + text.length;
  for (const blob of blobs) {
    bytes.set(blob, at);
    at += blob.length;
  }
  return bytes;
}

/** What a Proxy's trap threw may itself be hostile. */
function words(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message).slice(0, 200) : "something was thrown that is no error";
  } catch {
    return "something was thrown that is no error";
  }
}
