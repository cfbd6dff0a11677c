import { WIRE } from "../contract/limits.ts";
import { LENGTH_BYTES, MESSAGES_TYPE, PREFIX_BYTES, writeUint32 } from "./frame_layout.ts";
import { invariant } from "./invariant.ts";

const utf8 = new TextEncoder();

/** A UTF-16 unit becomes at most three bytes: below this many units the headers of a batch are never above WIRE.batch_bytes. */
const HEADER_UNITS = Math.floor(WIRE.batch_bytes / 3) - 2;

/** A batch that is complete but for its frame. */
interface Batch {
  readonly headers: Uint8Array;
  readonly payloads: readonly Uint8Array[];
  readonly payload_bytes: number;
}

/**
 * Collects the messages of one turn into frames. Order is kept. Payloads are copied by `take`, not before: don't change them in between.
 * The writer says `n` itself. What a reader would refuse is a defect of the sender and throws a KernelBug: a header above
 * WIRE.header_bytes, or a payload that no frame can hold (use split_message.ts above WIRE.chunk_bytes).
 */
export class FrameWriter<M extends object> {
  #headers = "";
  #payloads: Uint8Array[] = [];
  #payload_bytes = 0;
  #messages = 0;
  #sealed: Batch[] = [];
  #sealed_bytes = 0;

  /** About how many bytes `take` would give: a sender may flush before its turn ends. */
  get bytes(): number {
    return this.#sealed_bytes + this.#payload_bytes + this.#headers.length;
  }

  push(header: M, payload?: Uint8Array): void {
    const size = payload === undefined ? 0 : payload.length;
    const text = headerText(header, size);
    invariant(
      fitsHeader(text) && size + WIRE.header_bytes + PREFIX_BYTES + 2 <= WIRE.frame_bytes,
      `a message has a header of ${text.length} and a payload of ${size} bytes, which no frame may hold`,
    );
    if (
      this.#messages > 0 &&
      (this.#messages === WIRE.batch_messages || this.#headers.length + text.length >= HEADER_UNITS ||
        this.#headers.length + this.#payload_bytes + text.length + size > WIRE.batch_bytes)
    ) this.#seal();
    this.#headers += this.#messages === 0 ? text : "," + text;
    this.#messages++;
    if (size > 0) {
      this.#payloads.push(payload!);
      this.#payload_bytes += size;
    }
  }

  /** All that was collected, as whole frames in one fresh buffer; undefined when there is nothing. */
  take(): Uint8Array | undefined {
    if (this.#messages > 0) this.#seal();
    if (this.#sealed.length === 0) return undefined;
    const bytes = new Uint8Array(this.#sealed_bytes);
    let at = 0;
    for (const { headers, payloads, payload_bytes } of this.#sealed) {
      writeUint32(bytes, at, PREFIX_BYTES + headers.length + payload_bytes);
      bytes[at + LENGTH_BYTES] = MESSAGES_TYPE;
      writeUint32(bytes, at + LENGTH_BYTES + 1, headers.length);
      at += LENGTH_BYTES + PREFIX_BYTES;
      bytes.set(headers, at);
      at += headers.length;
      for (const payload of payloads) {
        bytes.set(payload, at);
        at += payload.length;
      }
    }
    this.#sealed = [];
    this.#sealed_bytes = 0;
    return bytes;
  }

  #seal(): void {
    const headers = utf8.encode(`[${this.#headers}]`);
    this.#sealed.push({ headers, payloads: this.#payloads, payload_bytes: this.#payload_bytes });
    this.#sealed_bytes += LENGTH_BYTES + PREFIX_BYTES + headers.length + this.#payload_bytes;
    this.#headers = "";
    this.#payloads = [];
    this.#payload_bytes = 0;
    this.#messages = 0;
  }
}

/** Measured in bytes only where the units leave a doubt. */
function fitsHeader(text: string): boolean {
  return 3 * text.length <= WIRE.header_bytes ||
    text.length <= WIRE.header_bytes && utf8.encode(text).length <= WIRE.header_bytes;
}

/** A header's JSON with the payload's size as `n`: a header that came in with another `n` must not lie. */
function headerText(header: object & { readonly n?: unknown }, size: number): string {
  if (header.n === undefined) {
    const text = JSON.stringify(header);
    if (size === 0) return text;
    return text.length === 2 ? `{"n":${size}}` : `${text.slice(0, -1)},"n":${size}}`;
  }
  if (header.n === size) return JSON.stringify(header);
  const { n: _, ...rest } = header;
  return headerText(rest, size);
}
