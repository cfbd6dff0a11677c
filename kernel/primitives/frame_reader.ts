import { WIRE } from "../contract/limits.ts";
import type { Payload } from "../contract/wire.ts";
import { BYTES_TYPE, LENGTH_BYTES, PREFIX_BYTES, readUint32, TEXT_TYPE } from "./frame_layout.ts";
import { NO_PAYLOAD } from "./payload.ts";

/** One message: a header, still a rumour, and its payload's span. */
export interface Framed {
  readonly header: unknown;
  readonly payload: Payload;
}

/** What a chunk completed. With a violation the link is lost: nothing after it is read, now or later. */
export interface Fed {
  readonly messages: readonly Framed[];
  readonly violation?: string;
}

/** A frame of fewer bytes is copied out of its chunk rather than keeping all of that alive. */
const COPY_BELOW = 16_384;

/** The smallest body: type, header length and `[]`. */
const LEAST_BYTES = PREFIX_BYTES + 2;

/**
 * Bytes in, messages out. Each byte is touched once, however the chunks fall, and a length is judged before anything is stored for it.
 * A chunk may be used again after `feed`, unless `holds_chunk`: payloads are spans, of the frame's text or, where they are many bytes, of the chunk itself
 * (of a buffer of their own where a frame came in several chunks). So keep no payload for long without a copy (payload.ts), since it keeps all of that
 * alive, and hand no bytes to a module or a port without one, since their buffer holds the neighbours' bytes.
 */
export class FrameReader {
  /** Until the peer has proved itself it gets frames of WIRE.unproven_bytes only. */
  proven: boolean;
  /** Payloads of the last chunk are spans of it. */
  holds_chunk = false;
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
    this.holds_chunk = false;
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
      const is_text = chunk[at] === TEXT_TYPE;
      const copied = !is_text && length < COPY_BELOW;
      this.holds_chunk ||= !is_text && !copied;
      this.#violation = readBody(copied ? chunk.slice(at, at + length) : chunk.subarray(at, at + length), messages);
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
  const type = body[0];
  if (type !== TEXT_TYPE && type !== BYTES_TYPE) return `a frame of unknown type ${type}`;
  const header_length = readUint32(body, 1);
  if (header_length > WIRE.batch_bytes) return `headers of ${header_length}; a frame may have ${WIRE.batch_bytes}`;
  const start = PREFIX_BYTES + header_length;
  if (start > body.length) return `headers of ${header_length} bytes in a frame of ${body.length}`;
  let text: string;
  try {
    text = utf8.decode(body.subarray(PREFIX_BYTES, type === TEXT_TYPE ? body.length : start));
  } catch {
    return type === TEXT_TYPE ? "text that is not UTF-8" : "headers that are not UTF-8";
  }
  // In a frame of bytes the text ends where the headers do, and may have fewer units than bytes.
  if (type === TEXT_TYPE && header_length > text.length) {
    return `headers of ${header_length} units in a text of ${text.length}`;
  }
  const headers = parseHeaders(text.slice(0, header_length), header_length);
  if (typeof headers === "string") return headers;
  return type === TEXT_TYPE
    ? cutPayloads(text, header_length, headers, messages)
    : cutPayloads(body, start, headers, messages);
}

/** Sizes, then headers; or what is wrong with them. */
function parseHeaders(
  text: string,
  length: number,
): readonly [sizes: readonly unknown[], ...headers: unknown[]] | string {
  let headers: unknown;
  try {
    headers = JSON.parse(text);
  } catch {
    return "headers that are not JSON";
  }
  if (!Array.isArray(headers)) return "headers that are no array";
  const count = headers.length - 1;
  const sizes = headers[0];
  if (count < 1) return "a frame without messages";
  if (count > WIRE.batch_messages) return `${count} messages in one frame; it may have ${WIRE.batch_messages}`;
  if (!Array.isArray(sizes) || sizes.length !== count) return "headers without the sizes of their payloads";
  if (length > count * (WIRE.header_bytes + 16) + 4) return `a header of more than ${WIRE.header_bytes} bytes`;
  return headers as [unknown[]];
}

function cutPayloads(
  body: Payload,
  at: number,
  headers: readonly [sizes: readonly unknown[], ...headers: unknown[]],
  messages: Framed[],
): string | undefined {
  const sizes = headers[0];
  let end = at;
  for (let i = 1; i < headers.length; i++) {
    const size = sizes[i - 1];
    if (typeof headers[i] !== "object" || headers[i] === null) return "a header that is no object";
    if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) return "a payload size that is no size";
    end += size;
  }
  if (end !== body.length) return `payloads of ${end - at} announced, ${body.length - at} there`;
  for (let i = 1; i < headers.length; i++) {
    const size = sizes[i - 1] as number;
    const payload = size === 0
      ? NO_PAYLOAD
      : typeof body === "string"
      ? body.slice(at, at + size)
      : body.subarray(at, at + size);
    messages.push({ header: headers[i], payload });
    at += size;
  }
  return undefined;
}
