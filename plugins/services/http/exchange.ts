/** One request to one host and the beginning of its answer. Whatever happens, the connection is closed: by the end of the body, or with the error. */
import { fault } from "meta-machine";
import type { BodySource } from "./body_source.ts";
import { textsToScrub, withSecrets } from "./bound_secrets.ts";
import { ByteReader } from "./byte_reader.ts";
import { checkedBody } from "./checked_body.ts";
import { framedBody } from "./framed_body.ts";
import { framingOf } from "./framing.ts";
import { type HttpRequest, targetOf } from "./parse_request.ts";
import { readHead, type ResponseHead, valuesOf } from "./read_head.ts";
import { reach, type ReachPowers } from "./reach.ts";
import type { Rights } from "./rights.ts";
import { scrubText } from "./scrubber.ts";
import type { Settings } from "./settings.ts";
import { formatsOf, unpacked } from "./unpack.ts";
import { requestHead, sendBody } from "./write_request.ts";

export interface Exchange {
  /** Without secrets. */
  readonly head: ResponseHead;
  readonly body: BodySource | undefined;
}

export async function exchange(
  request: HttpRequest,
  rights: Rights,
  powers: ReachPowers,
  signal: AbortSignal,
): Promise<Exchange> {
  const { settings } = powers;
  const target = targetOf(request.url);
  const { headers, added } = withSecrets(request.headers, target.host, rights.secrets);
  const connection = await reach(target, rights, { ...powers, has_secrets: added > 0 }, signal);
  const sending = new AbortController();
  const close = (why?: Error) => {
    signal.removeEventListener("abort", aborted);
    sending.abort();
    connection.close(why);
  };
  const aborted = () => close(signal.reason);
  signal.addEventListener("abort", aborted, { once: true });
  try {
    signal.throwIfAborted();
    await connection.write(requestHead(request, headers));
    // An answer may come before all is sent; what goes wrong with the sending is then told by reading.
    let refused: unknown;
    void sendBody(connection, untilAborted(request.body, sending.signal), settings.request_bytes).catch((error) => {
      refused = error;
      if (!sending.signal.aborted) connection.close(error);
    });
    const reader = new ByteReader(connection);
    const head = await readHead(reader, settings.header_bytes).catch((error) => {
      throw refused ?? error;
    });
    return answerOf(head, request.method, reader, { rights, settings, added, close });
  } catch (error) {
    close();
    throw error;
  }
}

function answerOf(
  head: ResponseHead,
  method: string,
  reader: ByteReader,
  { rights, settings, added, close }: {
    readonly rights: Rights;
    readonly settings: Settings;
    readonly added: number;
    readonly close: (why?: Error) => void;
  },
): Exchange {
  const secrets = textsToScrub(rights.secrets);
  const framing = framingOf(head, method);
  const formats = formatsOf(valuesOf(head.headers, "content-encoding"));
  if (framing.kind === "none") {
    close();
    return { head: shown(head, secrets, []), body: undefined };
  }
  if (formats === undefined && added > 0) {
    throw fault("denied", "the answer is packed in a way that hides whether the secret is in it", {
      hint: "the server was asked for gzip or deflate; it is the server's to mend",
    });
  }
  const framed = framedBody(reader, framing, { trailer_bytes: settings.header_bytes, close });
  const plain = (formats ?? []).reduce(unpacked, framed);
  const packed_for = formats === undefined || formats.length === 0 ? [] : ["content-encoding", "content-length"];
  return {
    head: shown(head, secrets, packed_for),
    body: checkedBody(plain, secrets, settings.response_bytes),
  };
}

const OF_CONNECTION = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"];

/** The head as its caller may see it. */
function shown(head: ResponseHead, secrets: readonly string[], without: readonly string[]): ResponseHead {
  const left_out = [...OF_CONNECTION, ...without];
  const scrub = (text: string) => scrubText(text, secrets);
  return {
    ...head,
    status_text: scrub(head.status_text),
    headers: head.headers.filter(([name]) => !left_out.includes(name.toLowerCase()))
      .map(([name, value]) => [scrub(name), scrub(value)]),
  };
}

/** The body's giver hears at once that nobody wants more of it. */
function untilAborted(body: HttpRequest["body"], signal: AbortSignal): HttpRequest["body"] {
  if (body === undefined || body instanceof Uint8Array) return body;
  const iterator = body[Symbol.asyncIterator]();
  const stop = () => void Promise.resolve(iterator.return?.()).catch(() => {});
  signal.addEventListener("abort", stop, { once: true });
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => iterator.next(),
      return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
    }),
  };
}
