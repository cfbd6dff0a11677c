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

const EMPTY = new Uint8Array(0);
/** A buffer is made no smaller than this. */
const LEAST_BYTES = 1_024;
/** A larger one is not kept for the next batch. */
const KEPT_BYTES = 131_072;

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
  /** Whole frames, and how much of it they fill. */
  #sealed = EMPTY;
  #sealed_bytes = 0;
  /** What `take` gave last, to be filled again after the next one. */
  #taken = EMPTY;

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

  /** All that was collected, as whole frames; undefined when there is nothing. Good until the next `take`: the buffer is filled again then. */
  take(): Uint8Array | undefined {
    if (this.#messages > 0) this.#seal();
    if (this.#sealed_bytes === 0) return undefined;
    const bytes = this.#sealed.subarray(0, this.#sealed_bytes);
    const free = this.#taken;
    this.#taken = this.#sealed.length <= KEPT_BYTES ? this.#sealed : EMPTY;
    this.#sealed = free;
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
    if (this.#blobs.length === 0) this.#sealText(headers);
    else this.#sealBytes(headers);
    this.#headers = this.#sizes = this.#text = "";
    this.#blobs = [];
    this.#blob_bytes = 0;
    this.#messages = 0;
  }

  #sealText(headers: string): void {
    const text = headers + this.#text;
    const start = this.#sealed_bytes + LENGTH_BYTES + PREFIX_BYTES;
    // Most text is ASCII: then it is written once, straight to its place.
    this.#reserve(start + text.length);
    let { read, written } = utf8.encodeInto(text, this.#sealed.subarray(start));
    if (read < text.length) {
      this.#reserve(start + 3 * text.length);
      ({ read, written } = utf8.encodeInto(text, this.#sealed.subarray(start)));
    }
    this.#finish(TEXT_TYPE, headers.length, start + written);
  }

  #sealBytes(headers: string): void {
    const encoded = utf8.encode(headers);
    let at = this.#sealed_bytes + LENGTH_BYTES + PREFIX_BYTES;
    this.#reserve(at + encoded.length + this.#blob_bytes);
    this.#sealed.set(encoded, at);
    at += encoded.length;
    for (const blob of this.#blobs) {
      this.#sealed.set(blob, at);
      at += blob.length;
    }
    this.#finish(BYTES_TYPE, encoded.length, at);
  }

  /** Writes what stands before the frame that ends here. */
  #finish(type: number, header_length: number, end: number): void {
    const start = this.#sealed_bytes;
    writeUint32(this.#sealed, start, end - start - LENGTH_BYTES);
    this.#sealed[start + LENGTH_BYTES] = type;
    writeUint32(this.#sealed, start + LENGTH_BYTES + 1, header_length);
    this.#sealed_bytes = end;
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#sealed.length) return;
    const larger = new Uint8Array(Math.max(bytes, LEAST_BYTES, 2 * this.#sealed_bytes));
    larger.set(this.#sealed.subarray(0, this.#sealed_bytes));
    this.#sealed = larger;
  }
}

/** Measured in bytes only where the units leave a doubt. */
function fitsHeader(text: string): boolean {
  return 3 * text.length <= WIRE.header_bytes ||
    text.length <= WIRE.header_bytes && utf8.encode(text).length <= WIRE.header_bytes;
}
