/** The head of an answer, strictly: what two readers could read in two ways is refused. */
import { type ByteReader, malformed } from "./byte_reader.ts";
import type { Headers } from "./parse_request.ts";

export interface ResponseHead {
  readonly version: "1.0" | "1.1";
  readonly status: number;
  readonly status_text: string;
  readonly headers: Headers;
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5][0-9]{2})(?: (.*))?$/;
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const MOST_HEADERS = 256;
/** Answers before the answer, such as 103; more are a way never to come to it. */
const MOST_INTERIM = 8;

export async function readHead(reader: ByteReader, most_bytes: number): Promise<ResponseHead> {
  for (let interim = 0; interim <= MOST_INTERIM; interim++) {
    const head = await readOne(reader, most_bytes);
    if (head.status === 101) throw malformed("it changes the protocol, which nobody asked for");
    if (head.status >= 200) return head;
  }
  throw malformed(`more than ${MOST_INTERIM} interim answers`);
}

async function readOne(reader: ByteReader, most_bytes: number): Promise<ResponseHead> {
  const first = await reader.line(most_bytes, "its status line");
  const [, minor, status, reason = ""] = STATUS_LINE.exec(first) ?? [];
  if (status === undefined) throw malformed("its first line is no status line");
  const headers = await readHeaders(reader, most_bytes - first.length);
  return {
    version: minor === "0" ? "1.0" : "1.1",
    status: Number(status),
    status_text: VALUE.test(reason) ? reason : "",
    headers,
  };
}

/** Up to the empty line; also of what follows a body in chunks. */
export async function readHeaders(reader: ByteReader, most_bytes: number): Promise<Headers> {
  const headers: [string, string][] = [];
  let left = most_bytes;
  while (true) {
    const line = await reader.line(Math.max(0, left), "its head");
    if (line === "") return headers;
    left -= line.length + 2;
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon));
    const value = line.slice(colon + 1).replace(/^[\t ]+|[\t ]+$/g, "");
    if (!NAME.test(name)) throw malformed("a header has no name that can be read");
    if (!VALUE.test(value)) throw malformed("a header has a control character in it");
    headers.push([name, value]);
    if (headers.length > MOST_HEADERS) throw malformed(`it has more than ${MOST_HEADERS} headers`);
  }
}

export function valuesOf(headers: Headers, name: string): readonly string[] {
  return headers.filter(([found]) => found.toLowerCase() === name).map(([, value]) => value);
}
