import { WIRE } from "../contract/limits.ts";
import type { Payload } from "../contract/wire.ts";
import { BYTES_TYPE, LENGTH_BYTES, PREFIX_BYTES, TEXT_TYPE, writeUint32 } from "./frame_layout.ts";
import { invariant } from "./invariant.ts";
import { exceedsBytes, NO_PAYLOAD } from "./payload.ts";

const utf8 = new TextEncoder();

/** A UTF-16 unit becomes at most three bytes: below this many units the headers of a batch are never above WIRE.batch_bytes. */
const HEADER_UNITS = Math.floor(WIRE.batch_bytes / 3) - 2;

/** What a frame can hold beside one header and the size it announces. */
const PAYLOAD_BYTES = WIRE.frame_bytes - WIRE.header_bytes - PREFIX_BYTES - 16;

/** Writes a header as JSON. */
export type WriteHeader<M> = (header: M) => string;

/**
 * Collects the messages of one turn into frames. Order is kept. Payloads of bytes are copied by `take`, not before: don't change them in between.
 * What a reader would refuse is a defect of the sender and throws a KernelBug: a header above WIRE.header_bytes, or a payload that no
 * frame can hold (use split_message.ts above WIRE.chunk_bytes).
 */
export class FrameWriter<M extends object> {
  readonly #write: WriteHeader<M>;
  #headers = "";
  #sizes = "";
  /** Payloads of this batch: text, until one of bytes comes. */
  #text = "";
  #blobs: Uint8Array[] = [];
  #blob_bytes = 0;
  #messages = 0;
  #sealed: Uint8Array[] = [];
  #sealed_bytes = 0;

  constructor(write: WriteHeader<M> = JSON.stringify) {
    this.#write = write;
  }

  /** About how many bytes `take` would give: a sender may flush before its turn ends. */
  get bytes(): number {
    return this.#sealed_bytes + this.#text.length + this.#blob_bytes + this.#headers.length;
  }

  push(header: M, payload: Payload = NO_PAYLOAD): void {
    const text = this.#write(header);
    const size = payload.length;
    invariant(
      fitsHeader(text) && !exceedsBytes(payload, PAYLOAD_BYTES),
      `a message has a header of ${text.length} and a payload of ${size} units, which no frame may hold`,
    );
    if (this.#messages > 0 && !this.#takesOneMore(text.length, payload)) this.#seal();
    if (this.#messages === 0) {
      this.#headers = text;
      this.#sizes = String(size);
    } else {
      this.#headers += "," + text;
      this.#sizes += "," + size;
    }
    this.#messages++;
    if (typeof payload === "string") this.#text += payload;
    else {
      this.#blobs.push(payload);
      this.#blob_bytes += size;
    }
  }

  /** All that was collected, as whole frames in one buffer; undefined when there is nothing. */
  take(): Uint8Array | undefined {
    if (this.#messages > 0) this.#seal();
    const sealed = this.#sealed;
    if (sealed.length === 0) return undefined;
    this.#sealed = [];
    const bytes = sealed.length === 1 ? sealed[0]! : joined(sealed, this.#sealed_bytes);
    this.#sealed_bytes = 0;
    return bytes;
  }

  #takesOneMore(header_units: number, payload: Payload): boolean {
    if (this.#messages === WIRE.batch_messages || this.#headers.length + header_units >= HEADER_UNITS) return false;
    // A frame's payloads are of one kind; those without a payload go with either.
    if (typeof payload === "string" ? payload !== "" && this.#blobs.length > 0 : this.#text !== "") return false;
    const units = this.#headers.length + this.#text.length + this.#blob_bytes + header_units + payload.length;
    return units <= WIRE.batch_bytes;
  }

  #seal(): void {
    const headers = `[[${this.#sizes}],${this.#headers}]`;
    const frame = this.#blobs.length === 0
      ? textFrame(headers, this.#text)
      : bytesFrame(headers, this.#blobs, this.#blob_bytes);
    this.#sealed.push(frame);
    this.#sealed_bytes += frame.length;
    this.#headers = this.#sizes = this.#text = "";
    this.#blobs = [];
    this.#blob_bytes = 0;
    this.#messages = 0;
  }
}

function textFrame(headers: string, payloads: string): Uint8Array {
  const text = headers + payloads;
  const start = LENGTH_BYTES + PREFIX_BYTES;
  // Most text is ASCII: then it is written once, straight to its place.
  let frame = new Uint8Array(start + text.length);
  const { read } = utf8.encodeInto(text, frame.subarray(start));
  if (read < text.length) {
    const encoded = utf8.encode(text);
    frame = new Uint8Array(start + encoded.length);
    frame.set(encoded, start);
  }
  return withPrefix(frame, TEXT_TYPE, headers.length);
}

function bytesFrame(headers: string, payloads: readonly Uint8Array[], payload_bytes: number): Uint8Array {
  const encoded = utf8.encode(headers);
  let at = LENGTH_BYTES + PREFIX_BYTES;
  const frame = new Uint8Array(at + encoded.length + payload_bytes);
  frame.set(encoded, at);
  at += encoded.length;
  for (const payload of payloads) {
    frame.set(payload, at);
    at += payload.length;
  }
  return withPrefix(frame, BYTES_TYPE, encoded.length);
}

function withPrefix(frame: Uint8Array, type: number, header_length: number): Uint8Array {
  writeUint32(frame, 0, frame.length - LENGTH_BYTES);
  frame[LENGTH_BYTES] = type;
  writeUint32(frame, LENGTH_BYTES + 1, header_length);
  return frame;
}

function joined(frames: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const frame of frames) {
    bytes.set(frame, at);
    at += frame.length;
  }
  return bytes;
}

/** Measured in bytes only where the units leave a doubt. */
function fitsHeader(text: string): boolean {
  return 3 * text.length <= WIRE.header_bytes ||
    text.length <= WIRE.header_bytes && utf8.encode(text).length <= WIRE.header_bytes;
}
