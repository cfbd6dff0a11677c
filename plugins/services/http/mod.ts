/** The machine's way to the network: every module's `fetch` is a call to this. What its caller may reach is the kernel's word. */
import { type Config, fault, FaultError, type Kernel } from "meta-machine";
import { type BodySource, streamOf } from "./body_source.ts";
import { textsToScrub } from "./bound_secrets.ts";
import { connect } from "./connection.ts";
import type { ReachPowers } from "./reach.ts";
import { follow } from "./follow.ts";
import { lookUp } from "./look_up.ts";
import { type Headers, type HttpRequest, parseRequest } from "./parse_request.ts";
import { Places } from "./places.ts";
import { type Rights, rightsOfCaller } from "./rights.ts";
import { scrubText } from "./scrubber.ts";
import { readSettings } from "./settings.ts";

export interface HttpAnswer {
  readonly url: string;
  readonly redirected: boolean;
  readonly status: number;
  readonly status_text: string;
  readonly headers: Headers;
  /** Undefined where an answer of this kind has none. */
  readonly body: AsyncIterableIterator<Uint8Array> | undefined;
}

export class Module {
  readonly #kernel: Kernel;
  readonly #powers: ReachPowers;
  readonly #places: Places;

  constructor(
    kernel: Kernel,
    config: Config,
    powers: Pick<ReachPowers, "lookUp" | "connect"> = { lookUp, connect },
  ) {
    const settings = readSettings(config);
    this.#kernel = kernel;
    this.#powers = { ...powers, settings };
    this.#places = new Places(settings);
  }

  /** `fetch({url, method, headers, redirect, body})` → `{url, redirected, status, status_text, headers, body}`; modules call the global `fetch`. */
  async fetch(asked: unknown): Promise<HttpAnswer> {
    const rights = await rightsOfCaller(this.#kernel);
    const request = parseRequest(asked);
    const give_back = this.#places.take(rights.caller);
    try {
      return await this.#answer(request, rights, give_back);
    } catch (error) {
      give_back();
      throw withoutSecrets(error, rights);
    }
  }

  async #answer(request: HttpRequest, rights: Rights, give_back: () => void): Promise<HttpAnswer> {
    const { settings } = this.#powers;
    const gone = this.#kernel.caller()?.signal;
    const bound = new AbortController();
    const aborted = () => bound.abort(fault("conflict", "the caller gave the request up", { retriable: true }));
    gone?.addEventListener("abort", aborted, { once: true });
    if (gone?.aborted) aborted();
    const { host } = request.url;
    const late = (ms: number, what: string, setting: string) =>
      setTimeout(() => {
        bound.abort(fault("conflict", `${host} ${what} within ${ms} ms`, {
          retriable: true,
          hint: `fetch again, or raise ${setting} in configs/services/http.yml`,
        }));
      }, ms);
    const total = late(settings.request_ms, "did not come to an end", "request_ms");
    const begun = late(settings.answer_ms, "did not begin to answer", "answer_ms");
    const over = () => {
      clearTimeout(total);
      gone?.removeEventListener("abort", aborted);
      give_back();
    };
    try {
      const { head, body, url, redirected } = await follow(request, rights, this.#powers, bound.signal);
      if (body === undefined) over();
      const { status, status_text, headers } = head;
      return {
        ...{ url: url.href, redirected, status, status_text, headers },
        body: body && streamOf(watched(body, rights, over)),
      };
    } catch (error) {
      over();
      throw error;
    } finally {
      clearTimeout(begun);
    }
  }
}

/** Its place and its timer go with its end, whichever comes first. */
function watched(body: BodySource, rights: Rights, over: () => void): BodySource {
  return {
    async read() {
      try {
        const piece = await body.read();
        if (piece === undefined) over();
        return piece;
      } catch (error) {
        over();
        throw withoutSecrets(error, rights);
      }
    },
    cancel() {
      over();
      body.cancel();
    },
  };
}

/** A text of the runtime, or of the server, may have anything in it. */
function withoutSecrets(error: unknown, { secrets }: Rights): Error {
  const texts = textsToScrub(secrets);
  if (!(error instanceof FaultError)) {
    return new Error(scrubText(error instanceof Error ? error.message : String(error), texts));
  }
  const { code, message, hint, retriable } = error;
  return fault(code as Parameters<typeof fault>[0], scrubText(message, texts), {
    hint: scrubText(hint, texts),
    retriable,
  });
}
