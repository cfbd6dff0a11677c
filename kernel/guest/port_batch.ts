/**
 * What is posted between a shell and its Worker in one turn: the headers as one text, the payloads that are text as one other, and bytes as they are, moved
 * and not copied. Cloning as many objects instead takes much longer.
 */
import type { Payload } from "../contract/wire.ts";

/** Sizes and headers as on the wire (contract/wire.ts), where the size -1 stands for the next of the blobs. */
export type Posted = readonly [headers: string, texts: string, ...blobs: Uint8Array[]];

/** Words after which a batch leaves although the turn goes on: the other side begins with them meanwhile. */
export const BATCH_WORDS = 64;

const { stringify, parse } = JSON;
const { isArray } = Array;
const NO_PAYLOAD = "";

/** Collects the messages of one turn. */
export class PortBatch {
  #headers = "";
  #sizes = "";
  #texts = "";
  #blobs: Uint8Array[] = [];
  #blob_bytes = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }
  /** About how much is waiting, in bytes. */
  get size(): number {
    return this.#headers.length + this.#texts.length + this.#blob_bytes;
  }

  /** The header as JSON. Bytes must be alone in their buffer, and belong to the batch from then on. */
  push(header: string, payload: Payload = NO_PAYLOAD): void {
    const size = typeof payload === "string" ? payload.length : -1;
    if (this.#count++ === 0) {
      this.#headers = header;
      this.#sizes = `${size}`;
    } else {
      this.#headers += "," + header;
      this.#sizes += "," + size;
    }
    if (typeof payload === "string") this.#texts += payload;
    else {
      this.#blobs[this.#blobs.length] = payload;
      this.#blob_bytes += payload.length;
    }
  }

  /** All that was collected, and the buffers to move with it. */
  take(): { readonly posted: Posted; readonly moved: ArrayBuffer[] } {
    const posted: Posted = [`[[${this.#sizes}],${this.#headers}]`, this.#texts, ...this.#blobs];
    const moved = this.#blobs.map((blob) => blob.buffer as ArrayBuffer);
    this.#headers = this.#sizes = this.#texts = "";
    this.#blobs = [];
    this.#blob_bytes = this.#count = 0;
    return { posted, moved };
  }
}

/** Calls back for each message of a batch; false when it is none, then for no message. */
export function openPosted(data: unknown, most: number, each: (header: unknown, payload: Payload) => void): boolean {
  if (!isArray(data) || typeof data[0] !== "string" || typeof data[1] !== "string") return false;
  const [headers, texts] = data as [string, string];
  let entries: unknown;
  try {
    entries = parse(headers);
  } catch {
    return false;
  }
  if (!isArray(entries) || entries.length > most + 1) return false;
  const sizes = entries[0];
  if (!isArray(sizes) || sizes.length !== entries.length - 1) return false;
  let at = 0;
  let blob = 2;
  for (let i = 1; i < entries.length; i++) {
    const size = sizes[i - 1];
    if (size === -1) each(entries[i], data[blob++]);
    else {
      each(entries[i], size === 0 ? NO_PAYLOAD : texts.slice(at, at + size));
      at += size;
    }
  }
  return true;
}

/** A header without a short form: all of a message but its payload. */
export function writePlain(message: object): string {
  if (!("payload" in message)) return stringify(message);
  const { payload: _, ...header } = message;
  return stringify(header);
}
