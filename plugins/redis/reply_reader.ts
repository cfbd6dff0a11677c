import { ByteQueue } from "./byte_queue.ts";

/** What a server answers: text where it is UTF-8, else bytes; a whole number beyond 2^53 is a bigint. */
export type Reply = string | Uint8Array | number | bigint | null | ReplyError | readonly Reply[];

/** The server refused a command: `code` is the first word of what it said. */
export class ReplyError {
  readonly code: string;
  readonly message: string;

  constructor(said: string) {
    this.code = /^[A-Z]+\b/.exec(said)?.[0] ?? "ERR";
    this.message = said;
  }
}

/** The other side does not speak the protocol, or says more than is taken: nothing that follows can be understood. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/** A line that never ends, and lists in lists, would fill the memory. */
const MAX_LINE = 65_536;
const MAX_DEPTH = 8;
/** Lists and their items in one reply: an item of six bytes costs many times as much here. */
const MAX_ITEMS = 200_000;

interface OpenList {
  readonly items: Reply[];
  left: number;
}

/** Replies out of bytes, however they are cut. After a `ProtocolError` it is of no use any more. */
export class ReplyReader {
  readonly #queue = new ByteQueue();
  readonly #maxBytes: number;
  readonly #open: OpenList[] = [];
  /** The length of the byte string whose bytes come next. */
  #awaited: number | undefined;
  #items = 0;
  #bytes = 0;

  /** `maxBytes`: of all byte strings in one reply. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(piece: Uint8Array): Reply[] {
    this.#queue.push(piece);
    const whole: Reply[] = [];
    for (let read = this.#next(); read !== undefined; read = this.#next()) {
      const reply = this.#close(read.value);
      if (reply === undefined) continue;
      whole.push(reply.value);
      [this.#items, this.#bytes] = [0, 0];
    }
    return whole;
  }

  /** One value that is no list, or an empty one; an opened list is kept aside. Undefined where bytes are missing. */
  #next(): { readonly value: Reply } | undefined {
    for (;;) {
      if (this.#awaited !== undefined) return this.#byteString(this.#awaited);
      const line = this.#queue.line();
      if (line === undefined) {
        if (this.#queue.length > MAX_LINE) throw new ProtocolError(`a line of more than ${MAX_LINE} bytes`);
        return undefined;
      }
      if (++this.#items > MAX_ITEMS) throw new ProtocolError(`more than ${MAX_ITEMS} items in one reply`);
      const said = text(line.subarray(1));
      switch (line[0]) {
        case 43: // +
          return { value: said };
        case 45: // -
          return { value: new ReplyError(said) };
        case 58: // :
          return { value: integer(said) };
        case 36: { // $
          const length = size(said, this.#maxBytes - this.#bytes);
          if (length === -1) return { value: null };
          this.#awaited = length;
          this.#bytes += length;
          continue;
        }
        case 42: { // *
          const length = size(said, MAX_ITEMS);
          if (length <= 0) return { value: length === 0 ? [] : null };
          if (this.#open.length === MAX_DEPTH) throw new ProtocolError(`lists more than ${MAX_DEPTH} deep`);
          this.#open.push({ items: [], left: length });
          continue;
        }
      }
      throw new ProtocolError(`a reply that begins with ${JSON.stringify(text(line).slice(0, 40))}`);
    }
  }

  #byteString(length: number): { readonly value: Reply } | undefined {
    const bytes = this.#queue.take(length + 2);
    if (bytes === undefined) return undefined;
    if (bytes[length] !== 13 || bytes[length + 1] !== 10) {
      throw new ProtocolError("a text that is longer than was said");
    }
    this.#awaited = undefined;
    return { value: textOrBytes(bytes.subarray(0, length)) };
  }

  /** Puts a value where it belongs; gives the reply when that was its last part. */
  #close(value: Reply): { readonly value: Reply } | undefined {
    for (;;) {
      const list = this.#open.at(-1);
      if (list === undefined) return { value };
      list.items.push(value);
      if (--list.left > 0) return undefined;
      this.#open.pop();
      value = list.items;
    }
  }
}

const lenient = new TextDecoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function text(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  try {
    return strict.decode(bytes);
  } catch {
    return bytes.slice();
  }
}

function integer(said: string): number | bigint {
  if (!/^[+-]?\d{1,20}$/.test(said)) throw new ProtocolError(`'${said.slice(0, 40)}' where a whole number was due`);
  const number = Number(said);
  return Number.isSafeInteger(number) ? number + 0 : BigInt(said);
}

function size(said: string, most: number): number {
  const length = /^(?:-1|\d{1,10})$/.test(said) ? Number(said) : NaN;
  if (length <= most) return length;
  throw new ProtocolError(`a length of ${said.slice(0, 40)}, where at most ${most} is taken`);
}
