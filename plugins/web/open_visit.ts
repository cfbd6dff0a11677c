/** From a request that has passed the gate to a visit: a place, a token, a share of what its principal may ask for. Throws refusals, and then nothing is held. */
import { type BearerKernel, FaultError } from "meta-machine";
import { tokenOf, unauthorized } from "./bearer_token.ts";
import { later, type Refusal, refusal } from "./refusal.ts";
import { Visit } from "./visit.ts";
import type { Web } from "./web.ts";

export async function openVisit(web: Web, request: Request): Promise<Visit> {
  const ends: (() => void)[] = [];
  const bound = new AbortController();
  const give_up = (reason: unknown) => bound.abort(reason);
  try {
    takePlace(web, ends);
    const token = tokenOf(request.headers.get("authorization"));
    if (typeof token !== "string") throw token;
    const begun = watch(web, request, give_up, ends);
    const bearer = await show(web, token, bound.signal);
    takeShare(web, bearer.principal, ends);
    return new Visit(web, request, bearer, { signal: bound.signal, give_up, begun, ends });
  } catch (error) {
    for (const end of ends) end();
    throw error;
  }
}

function takePlace({ places, draining, settings: { at_once } }: Web, ends: (() => void)[]): void {
  if (draining.aborted) throw beingReplaced();
  const taken = places.take("");
  if (!("give_back" in taken)) throw later(503, `${at_once} requests are under way`, 1, "send it again in a moment");
  ends.push(taken.give_back);
}

function beingReplaced(): Refusal {
  return later(503, "the web module is being replaced", 1, "send it again in a moment");
}

/** Ends the visit's calls with the client, the module, or the time. Gives what tells that the time counts no more. */
function watch(
  { giving_up, settings: { answer_ms } }: Web,
  { signal }: Request,
  give_up: (reason: unknown) => void,
  ends: (() => void)[],
): () => void {
  const gone = () => give_up(new ClientGone());
  const closed = () => give_up(beingReplaced());
  const late = setTimeout(
    () =>
      give_up(
        refusal(504, "timeout", `there was no answer within ${answer_ms} ms`, { retriable: true, maybe_ran: true }),
      ),
    answer_ms,
  );
  signal.addEventListener("abort", gone, { once: true });
  giving_up.addEventListener("abort", closed, { once: true });
  const begun = () => clearTimeout(late);
  ends.push(() => {
    begun();
    signal.removeEventListener("abort", gone);
    giving_up.removeEventListener("abort", closed);
  });
  return begun;
}

/** Nobody reads what becomes of its request. */
export class ClientGone extends Error {}

async function show({ kernel }: Web, token: string, signal: AbortSignal): Promise<BearerKernel> {
  try {
    return await kernel.asBearer(token, { signal });
  } catch (error) {
    if (!(error instanceof FaultError) || error.code !== "denied") throw error;
    throw unauthorized("the token is not known: there was none like it, or it was revoked", error.hint, true);
  }
}

function takeShare({ rate, own_places, settings }: Web, principal: string, ends: (() => void)[]): void {
  const wait = rate.take(principal);
  if (wait !== undefined) {
    const text = `'${principal}' has sent its ${settings.requests_per_minute} requests of this minute`;
    throw later(429, text, wait, "wait, or raise requests_per_minute in the config of the web module");
  }
  const taken = own_places.take(principal);
  if ("give_back" in taken) return void ends.push(taken.give_back);
  const text = `'${principal}' has ${settings.at_once_per_principal} requests under way`;
  throw later(429, text, 1, "wait for one of them, or raise at_once_per_principal in the config of the web module");
}
