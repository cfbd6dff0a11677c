import type { BodySource } from "./body_source.ts";
import { type ByteReader, cutShort, malformed } from "./byte_reader.ts";
import type { Framing } from "./framing.ts";
import { readHeaders } from "./read_head.ts";

const PIECE_BYTES = 65_536;
const CHUNK_LINE_BYTES = 1_024;

/** The body of an answer, as its head says where it ends. A body that ends before that is an error, never an end. */
export function framedBody(
  reader: ByteReader,
  framing: Exclude<Framing, { kind: "none" }>,
  { trailer_bytes, close }: { readonly trailer_bytes: number; readonly close: () => void },
): BodySource {
  let left = framing.kind === "length" ? framing.bytes : 0;
  let over = false;
  let begun = false;

  async function read(): Promise<Uint8Array | undefined> {
    if (over) return undefined;
    if (framing.kind === "chunks" && left === 0) left = await nextChunk();
    if (framing.kind !== "rest" && left === 0) return end();
    const piece = await reader.some(framing.kind === "rest" ? PIECE_BYTES : Math.min(left, PIECE_BYTES));
    if (piece === undefined) {
      if (framing.kind === "rest") return end();
      throw cutShort("the body of the answer");
    }
    if (framing.kind !== "rest") left -= piece.length;
    return piece;
  }

  /** The length of the next one; 0 when there is none, then what follows the body has been read too. */
  async function nextChunk(): Promise<number> {
    if (begun && await reader.line(CHUNK_LINE_BYTES, "a chunk") !== "") {
      throw malformed("a chunk is longer than it says");
    }
    begun = true;
    const line = await reader.line(CHUNK_LINE_BYTES, "the length of a chunk");
    const length = /^([0-9A-Fa-f]{1,8})(?:[\t ]*;.*)?$/.exec(line)?.[1];
    if (length === undefined) throw malformed("the length of a chunk is no number");
    const bytes = Number.parseInt(length, 16);
    if (bytes === 0) await readHeaders(reader, trailer_bytes);
    return bytes;
  }

  function end(): undefined {
    over = true;
    close();
  }

  return {
    read,
    cancel: () => {
      over = true;
      close();
    },
  };
}
