/** A request through all its redirects, each hop judged like the first. */
import { fault } from "meta-machine";
import type { BodySource } from "./body_source.ts";
import { type Exchange, exchange } from "./exchange.ts";
import type { HttpRequest } from "./parse_request.ts";
import { valuesOf } from "./read_head.ts";
import { redirected } from "./redirect.ts";
import type { ReachPowers } from "./reach.ts";
import type { Rights } from "./rights.ts";

export interface Followed extends Exchange {
  readonly url: URL;
  readonly redirected: boolean;
}

export async function follow(
  first: HttpRequest,
  rights: Rights,
  powers: ReachPowers,
  signal: AbortSignal,
): Promise<Followed> {
  let request = first;
  for (let hops = 0; hops <= powers.settings.redirects; hops++) {
    const { head, body } = await exchange(request, rights, powers, signal);
    const next = leads(request, head.status, valuesOf(head.headers, "location")[0], body);
    if (next === undefined) return { head, body, url: request.url, redirected: hops > 0 };
    body?.cancel();
    request = next;
  }
  throw fault("conflict", `${first.url.host} redirects more than ${powers.settings.redirects} times`, {
    retriable: false,
    hint: 'look where it leads with redirect: "manual"',
  });
}

function leads(request: HttpRequest, status: number, location: string | undefined, body: BodySource | undefined) {
  try {
    return redirected(request, status, location);
  } catch (error) {
    body?.cancel();
    throw error;
  }
}
