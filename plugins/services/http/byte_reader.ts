import { fault } from "meta-machine";
import type { Connection } from "./connection.ts";

const EMPTY = new Uint8Array(0);
const CR = 13;
const LF = 10;

/** Bytes of an answer as its grammar takes them: lines, counts, whatever is there. */
export class ByteReader {
  readonly #connection: Connection;
  #ahead: Uint8Array = EMPTY;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** At most so many bytes, as soon as there are any; undefined at the end. */
  async some(most: number): Promise<Uint8Array | undefined> {
    if (this.#ahead.length === 0) {
      const more = await this.#connection.read();
      if (more === undefined) return undefined;
      this.#ahead = more;
    }
    const taken = this.#ahead.subarray(0, most);
    this.#ahead = this.#ahead.subarray(taken.length);
    return taken;
  }

  /** A line without its CR LF, one character for each byte. A line end that is none, or a line of more than `most` bytes, is refused. */
  async line(most: number, what: string): Promise<string> {
    let text = "";
    while (true) {
      const piece = await this.some(Infinity);
      if (piece === undefined) throw cutShort(what);
      const end = piece.indexOf(LF);
      const taken = end === -1 ? piece : piece.subarray(0, end);
      if (text.length + taken.length > most + 1) {
        throw fault("too_large", `${what} is more than ${most} bytes`, {
          hint: "raise header_bytes in configs/services/http.yml if that is meant",
        });
      }
      text += latin1(taken);
      if (end === -1) continue;
      this.#ahead = this.#ahead.length === 0 ? piece.subarray(end + 1) : this.#ahead;
      if (text.charCodeAt(text.length - 1) !== CR) throw malformed(`${what} has a line that does not end in CR LF`);
      return text.slice(0, -1);
    }
  }
}

export function malformed(why: string): Error {
  return fault("conflict", `the answer is no HTTP that can be trusted: ${why}`, {
    retriable: false,
    hint: "it is the server's to mend",
  });
}
export function cutShort(what: string): Error {
  return fault("conflict", `the connection ended within ${what}`, {
    retriable: true,
    hint: "the request may have had its effect; look, then fetch again",
  });
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return text;
}
