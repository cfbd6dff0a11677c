/** A request on its way: head, then the body, of a length that is said or in chunks. Every part has been parsed before. */
import { fault } from "meta-machine";
import type { Connection } from "./connection.ts";
import type { Headers, HttpRequest } from "./parse_request.ts";
import { ACCEPTED } from "./unpack.ts";

const NAMED = ["accept", "user-agent"];
const TAKES_BODY = /^(?:POST|PUT|PATCH)$/i;
const PIECE_BYTES = 65_536;
const CRLF = bytesOf("\r\n");

export function requestHead({ url, method, body }: HttpRequest, headers: Headers): Uint8Array {
  const length = body instanceof Uint8Array
    ? body.length
    : body === undefined && TAKES_BODY.test(method)
    ? 0
    : undefined;
  const given = headers.map(([name]) => name.toLowerCase());
  const lines = [
    `${method} ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...NAMED.filter((name) => !given.includes(name)).map((name) =>
      `${name}: ${name === "accept" ? "*/*" : "meta-machine"}`
    ),
    `Accept-Encoding: ${ACCEPTED}`,
    ...(length === undefined ? [] : [`Content-Length: ${length}`]),
    ...(body === undefined || length !== undefined ? [] : ["Transfer-Encoding: chunked"]),
    "Connection: close",
  ];
  return bytesOf(`${lines.join("\r\n")}\r\n\r\n`);
}

/** At the pace of the other side, which is then the pace of who gives the body. */
export async function sendBody(
  connection: Connection,
  body: HttpRequest["body"],
  most_bytes: number,
): Promise<void> {
  if (body === undefined) return;
  let sent = 0;
  const count = (bytes: number) => {
    sent += bytes;
    if (sent <= most_bytes) return;
    throw fault("too_large", `the body of the request is more than ${most_bytes} bytes`, {
      hint: "send less, or raise request_bytes in configs/services/http.yml",
    });
  };
  if (body instanceof Uint8Array) {
    count(body.length);
    for (let at = 0; at < body.length; at += PIECE_BYTES) {
      await connection.write(body.subarray(at, at + PIECE_BYTES));
    }
    return;
  }
  for await (const piece of body) {
    if (!(piece instanceof Uint8Array)) {
      throw fault("invalid_argument", "Cannot fetch: the body gives something else than bytes", {
        hint: "give a ReadableStream of Uint8Array",
      });
    }
    count(piece.length);
    if (piece.length > 0) await connection.write(chunkOf(piece));
  }
  await connection.write(bytesOf("0\r\n\r\n"));
}

function chunkOf(piece: Uint8Array): Uint8Array {
  const head = bytesOf(`${piece.length.toString(16)}\r\n`);
  const chunk = new Uint8Array(head.length + piece.length + CRLF.length);
  chunk.set(head);
  chunk.set(piece, head.length);
  chunk.set(CRLF, head.length + piece.length);
  return chunk;
}

/** One byte for each character: what was parsed has no others. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
