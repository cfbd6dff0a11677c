/** How long the body of an answer is. Two words on it that could differ are refused: each reader would believe another one. */
import { malformed } from "./byte_reader.ts";
import { type ResponseHead, valuesOf } from "./read_head.ts";

export type Framing =
  | { readonly kind: "none" }
  | { readonly kind: "chunks" }
  | { readonly kind: "length"; readonly bytes: number }
  /** Up to the end of the connection. */
  | { readonly kind: "rest" };

export function framingOf({ version, status, headers }: ResponseHead, method: string): Framing {
  const encodings = valuesOf(headers, "transfer-encoding");
  const lengths = valuesOf(headers, "content-length");
  if (encodings.length > 0 && lengths.length > 0) throw malformed("it has both Transfer-Encoding and Content-Length");
  if (encodings.length > 0 && version === "1.0") throw malformed("HTTP/1.0 has no Transfer-Encoding");
  if (encodings.length > 1 || (encodings.length === 1 && encodings[0]!.toLowerCase() !== "chunked")) {
    throw malformed("its Transfer-Encoding is something else than chunked");
  }
  const bytes = lengths.length === 0 ? undefined : lengthOf(lengths);
  if (method === "HEAD" || status === 204 || status === 205 || status === 304) return { kind: "none" };
  if (encodings.length > 0) return { kind: "chunks" };
  return bytes === undefined ? { kind: "rest" } : { kind: "length", bytes };
}

function lengthOf(lengths: readonly string[]): number {
  const [first] = lengths;
  if (!/^[0-9]{1,15}$/.test(first!)) throw malformed("its Content-Length is no number");
  if (lengths.some((length) => length !== first)) throw malformed("it has several Content-Lengths");
  return Number(first);
}
