/** Where a redirect leads, and what of the request goes along. Whether it may go there at all is asked again, as of every request. */
import { fault } from "meta-machine";
import { type HttpRequest, parseUrl } from "./parse_request.ts";

const STATUSES = [301, 302, 303, 307, 308];
/** What a body is described by goes with it. */
const OF_BODY = ["content-type", "content-language", "content-location", "content-encoding"];
/** What was meant for one host is not told to another. */
const FOR_ONE_HOST = ["authorization", "cookie", "www-authenticate"];

/** The next request; undefined when the answer is none that leads further. */
export function redirected(
  request: HttpRequest,
  status: number,
  location: string | undefined,
): HttpRequest | undefined {
  if (!STATUSES.includes(status) || location === undefined || request.redirect === "manual") return undefined;
  const url = parseUrl(location, request.url);
  if (request.redirect === "error") {
    throw fault("denied", `${request.url.host} redirects to ${url.host}, and the request says redirect: "error"`, {
      hint: 'use redirect: "follow" or "manual"',
    });
  }
  if (url.hash === "") url.hash = request.url.hash;
  const drops = status === 303 ? request.method !== "HEAD" : status < 303 && request.method === "POST";
  if (!drops && request.body !== undefined && !(request.body instanceof Uint8Array)) {
    throw fault(
      "conflict",
      `${request.url.host} redirects with status ${status}, and the body was a stream: it can't be sent again`,
      {
        retriable: false,
        hint: `send to ${url.origin} at once, or give the body as text or bytes`,
      },
    );
  }
  const leaves = url.origin !== request.url.origin;
  const dropped = [...drops ? OF_BODY : [], ...leaves ? FOR_ONE_HOST : []];
  const headers = request.headers.filter(([name]) => !dropped.includes(name.toLowerCase()));
  return {
    ...request,
    ...{ url, headers },
    method: drops && request.method !== "GET" ? "GET" : request.method,
    body: drops ? undefined : request.body,
  };
}
