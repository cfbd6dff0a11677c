/** What `fetch` asks for, as it comes from a caller: anything, until it is parsed here. */
import { fault } from "meta-machine";
import type { Target } from "./choose_addresses.ts";

export type Headers = readonly (readonly [name: string, value: string])[];

export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  /** Without those of the connection, which are this service's. */
  readonly headers: Headers;
  readonly redirect: "follow" | "error" | "manual";
  /** Bytes can be sent again when a redirect asks for it; a stream can't. */
  readonly body: Uint8Array | AsyncIterable<unknown> | undefined;
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Visible text in one byte for each character. Line ends would begin another header, or another request. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const METHODS_REFUSED = /^(?:CONNECT|TRACE|TRACK)$/i;
const URL_UNITS = 65_536;
const MOST_HEADERS = 256;
const HEADER_UNITS = 65_536;

/** What frames a message, or names its receiver, is said by this service: two words on it would be two messages to somebody. */
const OWN = new Set(
  ["host", "content-length", "transfer-encoding", "connection", "keep-alive", "te", "trailer", "upgrade", "expect"]
    .concat(["accept-encoding", "proxy-connection", "proxy-authorization"]),
);

export function parseRequest(asked: unknown): HttpRequest {
  if (typeof asked !== "object" || asked === null) throw misfit("the request", "is no map");
  const { url, method = "GET", headers = [], redirect = "follow", body } = asked as Record<string, unknown>;
  if (typeof method !== "string" || !TOKEN.test(method) || method.length > 32 || METHODS_REFUSED.test(method)) {
    throw misfit("method", "is none that can be sent");
  }
  if (redirect !== "follow" && redirect !== "error" && redirect !== "manual") {
    throw misfit("redirect", "is none of follow, error, manual");
  }
  if (body !== undefined && (method === "GET" || method === "HEAD")) throw misfit("body", `goes with no ${method}`);
  if (body !== undefined && !(body instanceof Uint8Array) && !isStream(body)) throw misfit("body", "is no bytes");
  return { url: parseUrl(url), method, headers: parseHeaders(headers), redirect, body };
}

/** Also of what a server redirects to. */
export function parseUrl(text: unknown, base?: URL): URL {
  const url = typeof text === "string" && text.length <= URL_UNITS ? URL.parse(text, base) : null;
  if (url === null) throw misfit("url", "is no address that can be parsed");
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw misfit("url", `begins with ${url.protocol}`, "only http: and https: can be fetched");
  }
  if (url.username !== "" || url.password !== "") {
    throw misfit("url", "has a user's name or password in it", "send them in a header, or bind a secret to the host");
  }
  return url;
}

export function targetOf(url: URL): Target {
  const protocol = url.protocol as Target["protocol"];
  return { protocol, host: url.hostname, port: Number(url.port || (protocol === "https:" ? 443 : 80)) };
}

function parseHeaders(headers: unknown): Headers {
  if (!Array.isArray(headers)) throw misfit("headers", "is no list of pairs");
  if (headers.length > MOST_HEADERS) throw tooMany(`${headers.length} headers; ${MOST_HEADERS} may be sent`);
  let units = 0;
  const parsed = headers.map((pair): [string, string] => {
    const [name, value] = Array.isArray(pair) ? pair as unknown[] : [];
    if (typeof name !== "string" || !TOKEN.test(name)) throw misfit("headers", "has a name that can't be sent");
    if (typeof value !== "string" || !VALUE.test(value)) {
      throw misfit(`header ${name}`, "has a value that can't be sent");
    }
    units += name.length + value.length;
    return [name, value];
  });
  if (units > HEADER_UNITS) throw tooMany(`${units} bytes of headers; ${HEADER_UNITS} may be sent`);
  return parsed.filter(([name]) => !OWN.has(name.toLowerCase()));
}

/** Whether it can be a header's value. */
export function isHeaderValue(text: string): boolean {
  return VALUE.test(text);
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

function misfit(what: string, found: string, hint = "call fetch as in a browser"): Error {
  return fault("invalid_argument", `Cannot fetch: ${what} ${found}`, { hint });
}
function tooMany(found: string): Error {
  return fault("too_large", `Cannot fetch: ${found}`, { hint: "send fewer or shorter headers" });
}
