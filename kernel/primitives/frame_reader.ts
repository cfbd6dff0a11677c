import { WIRE } from "../contract/limits.ts";
import { LENGTH_BYTES, MESSAGES_TYPE, PREFIX_BYTES, readUint32 } from "./frame_layout.ts";

/** One message: a header, still a rumour, and its payload's span. */
export interface Framed {
  readonly header: unknown;
  readonly payload: Uint8Array;
}

/** What a chunk completed. With a violation the link is lost: nothing after it is read, now or later. */
export interface Fed {
  readonly messages: readonly Framed[];
  readonly violation?: string;
}

/** The smallest body: type, header length and `[]`. */
const LEAST_BYTES = PREFIX_BYTES + 2;

/**
 * Bytes in, messages out. Each byte is touched once, however the chunks fall, and a length is judged before anything is stored for it.
 * A chunk belongs to the reader from then on: payloads are spans of it (of a buffer of their own where a frame came in several chunks).
 * So keep no payload for long without a copy, since it keeps all of its chunk alive, and hand none to a module or a port without one, since
 * its buffer holds the neighbours' bytes.
 */
export class FrameReader {
  /** Until the peer has proved itself it gets frames of WIRE.unproven_bytes only. */
  proven: boolean;
  #violation: string | undefined;
  #length = new Uint8Array(LENGTH_BYTES);
  #length_filled = 0;
  #body: Uint8Array | undefined;
  #body_filled = 0;

  constructor(start: { readonly proven: boolean }) {
    this.proven = start.proven;
  }

  feed(chunk: Uint8Array): Fed {
    const messages: Framed[] = [];
    let at = 0;
    while (at < chunk.length && this.#violation === undefined) {
      at = this.#body === undefined ? this.#beginFrame(chunk, at, messages) : this.#continueFrame(chunk, at, messages);
    }
    return this.#violation === undefined ? { messages } : { messages, violation: this.#violation };
  }

  #beginFrame(chunk: Uint8Array, at: number, messages: Framed[]): number {
    let length: number;
    if (this.#length_filled === 0 && chunk.length - at >= LENGTH_BYTES) {
      length = readUint32(chunk, at);
      at += LENGTH_BYTES;
    } else {
      while (this.#length_filled < LENGTH_BYTES) {
        if (at === chunk.length) return at;
        this.#length[this.#length_filled++] = chunk[at++]!;
      }
      length = readUint32(this.#length, 0);
      this.#length_filled = 0;
    }
    const most = this.proven ? WIRE.frame_bytes : WIRE.unproven_bytes;
    if (length > most) {
      this.#violation = `a frame of ${length} bytes; ${this.proven ? "" : "before its proof "}a peer may send ${most}`;
      return at;
    }
    if (length < LEAST_BYTES) {
      this.#violation = `a frame of ${length} bytes; the smallest has ${LEAST_BYTES}`;
      return at;
    }
    if (chunk.length - at >= length) {
      this.#violation = readBody(chunk.subarray(at, at + length), messages);
      return at + length;
    }
    this.#body = new Uint8Array(length);
    this.#body_filled = 0;
    return at;
  }

  #continueFrame(chunk: Uint8Array, at: number, messages: Framed[]): number {
    const body = this.#body!;
    const end = Math.min(chunk.length, at + body.length - this.#body_filled);
    body.set(chunk.subarray(at, end), this.#body_filled);
    this.#body_filled += end - at;
    if (this.#body_filled === body.length) {
      this.#body = undefined;
      this.#violation = readBody(body, messages);
    }
    return end;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Adds a frame's messages, all or none; the answer names a violation. */
function readBody(body: Uint8Array, messages: Framed[]): string | undefined {
  if (body[0] !== MESSAGES_TYPE) return `a frame of unknown type ${body[0]}`;
  const header_bytes = readUint32(body, 1);
  if (header_bytes > WIRE.batch_bytes) return `headers of ${header_bytes} bytes; a frame may have ${WIRE.batch_bytes}`;
  const start = PREFIX_BYTES + header_bytes;
  if (start > body.length) return `headers of ${header_bytes} bytes in a frame of ${body.length}`;
  let text: string;
  try {
    text = utf8.decode(body.subarray(PREFIX_BYTES, start));
  } catch {
    return "headers that are not UTF-8";
  }
  let headers: unknown;
  try {
    headers = JSON.parse(text);
  } catch {
    return "headers that are not JSON";
  }
  if (!Array.isArray(headers)) return "headers that are no array";
  if (headers.length === 0) return "a frame without messages";
  if (headers.length > WIRE.batch_messages) {
    return `${headers.length} messages in one frame; it may have ${WIRE.batch_messages}`;
  }
  if (header_bytes > headers.length * (WIRE.header_bytes + 1) + 1) {
    return `a header of more than ${WIRE.header_bytes} bytes`;
  }
  return cutPayloads(body, start, headers, messages);
}

function cutPayloads(
  body: Uint8Array,
  at: number,
  headers: readonly unknown[],
  messages: Framed[],
): string | undefined {
  let end = at;
  for (const header of headers) {
    if (typeof header !== "object" || header === null || Array.isArray(header)) return "a header that is no object";
    const n = (header as { n?: unknown }).n;
    if (n === undefined) continue;
    if (typeof n !== "number" || !Number.isSafeInteger(n) || n < 0) return "a payload size that is no size";
    end += n;
  }
  if (end !== body.length) return `payloads of ${end - at} bytes announced, ${body.length - at} there`;
  for (const header of headers) {
    const n = (header as { n?: number }).n ?? 0;
    messages.push({ header, payload: body.subarray(at, at + n) });
    at += n;
  }
  return undefined;
}
