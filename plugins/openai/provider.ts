/** The model behind its server: requests that wait for a place, are tried again, and are counted, whatever becomes of them. */
import type { Answer } from "./answer.ts";
import { gatherAnswer } from "./answer.ts";
import { type Bounds, openBounds } from "./bounds.ts";
import { type Delta, readDeltas, tokensOf } from "./deltas.ts";
import { type Judged, judgeFailure, unreadable } from "./judge_failure.ts";
import { hostOf, openClient } from "./open_client.ts";
import type { OpenAiClient, OpenAiLibrary } from "./openai_library.ts";
import { Places } from "./places.ts";
import type { Powers } from "./powers.ts";
import type { Settings } from "./settings.ts";
import { UsageCounters } from "./usage_counters.ts";
import { withRetries } from "./with_retries.ts";

/** A request for an answer, as the interface of OpenAI has it, less what is said here. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly unknown[];
  readonly [more: string]: unknown;
}

export class Provider {
  readonly counters: UsageCounters;
  readonly #settings: Settings;
  readonly #powers: Powers;
  readonly #library: OpenAiLibrary | undefined;
  readonly #places: Places;
  #client: OpenAiClient | undefined;

  constructor(settings: Settings, powers: Powers, library: OpenAiLibrary | undefined) {
    this.#settings = settings;
    this.#powers = powers;
    this.#library = library;
    this.#places = new Places(settings);
    this.counters = new UsageCounters(settings.price);
  }

  /** The client; refuses when the config lacks what it takes. */
  open(): OpenAiClient {
    return this.#client ??= openClient(this.#settings, { library: this.#library, fetch: this.#powers.fetch });
  }

  /** The text as it comes, and the whole answer at the end. Until the first piece is here a failure is tried again; behind it, it is told. */
  async *answer(request: ChatRequest, within: AbortSignal): AsyncGenerator<string, Answer> {
    const client = this.open();
    using bounds = this.#bounds(within);
    const give_back = await this.#places.take(bounds);
    let counted = false;
    try {
      const body = { ...request, stream: true, stream_options: { include_usage: true } };
      const deltas = await this.#tried(bounds, request.model, async () => {
        const stream = await client.chat.completions.create(body, this.#options(bounds));
        return await begun(readDeltas(stream, hostOf(this.#settings.base_url), bounds.signal));
      });
      const sent = JSON.stringify(request.messages).length;
      const answer = yield* gatherAnswer(goingOn(deltas, bounds), { max_bytes: this.#settings.max_output_bytes, sent });
      this.counters.answered(answer.tokens);
      counted = true;
      return answer;
    } catch (error) {
      throw this.#told(error, bounds, request.model);
    } finally {
      if (!counted) this.counters.failed(); // also when nobody reads on
      bounds.giveUp(); // whatever still comes of it is not waited for
      give_back();
    }
  }

  async embed(model: string, texts: readonly string[], within: AbortSignal): Promise<number[][]> {
    const body = { model, input: texts, encoding_format: "float" };
    const answer = await this.#once(model, within, (client, options) => client.embeddings.create(body, options));
    const { data, usage } = answer as { readonly data?: unknown; readonly usage?: unknown };
    this.counters.answered(
      tokensOf(usage) ?? { input: Math.ceil(texts.join("").length / 4), output: 0, estimated: true },
    );
    return readVectors(data, texts.length, hostOf(this.#settings.base_url));
  }

  async models(within: AbortSignal): Promise<{ id: string; owned_by: string | null }[]> {
    const { data } = await this.#once(
      this.#settings.model ?? "",
      within,
      (client, options) => client.models.list(options),
    );
    this.counters.answered({ input: 0, output: 0 });
    if (!Array.isArray(data)) throw unreadable(hostOf(this.#settings.base_url), "there is no list of models in it");
    return data.flatMap((model: { id?: unknown; owned_by?: unknown } | null) =>
      typeof model?.id === "string"
        ? [{ id: model.id, owned_by: typeof model.owned_by === "string" ? model.owned_by : null }]
        : []
    );
  }

  async #once<T>(
    model: string,
    within: AbortSignal,
    ask: (client: OpenAiClient, options: { signal: AbortSignal; timeout: number }) => Promise<T>,
  ): Promise<T> {
    const client = this.open();
    using bounds = this.#bounds(within);
    const give_back = await this.#places.take(bounds);
    try {
      return await this.#tried(bounds, model, () => ask(client, this.#options(bounds)));
    } catch (error) {
      this.counters.failed();
      throw this.#told(error, bounds, model);
    } finally {
      give_back();
    }
  }

  #tried<T>(bounds: Bounds, model: string, act: () => Promise<T>): Promise<T> {
    return withRetries(act, {
      ...{ bounds, retries: this.#settings.retries, powers: this.#powers },
      judge: (error) => this.#judge(error, model),
      again: () => this.counters.retried(),
    });
  }

  #told(error: unknown, { signal }: Bounds, model: string): unknown {
    return signal.aborted ? signal.reason : this.#judge(error, model).fault;
  }

  #judge(error: unknown, model: string): Judged {
    const { base_url, api_key_env } = this.#settings;
    return judgeFailure(error, { host: hostOf(base_url), model, api_key_env }, this.#powers.today().getTime());
  }

  #bounds(within: AbortSignal): Bounds {
    const ms = this.#settings.request_timeout_ms;
    const host = hostOf(this.#settings.base_url);
    const words = { what: `${host} did not answer`, then: `${host} said nothing more` };
    return openBounds({ ms, ...words, setting: "request_timeout_ms", now: this.#powers.now, within: [within] });
  }

  #options({ signal }: Bounds): { signal: AbortSignal; timeout: number } {
    return { signal, timeout: this.#settings.request_timeout_ms + 1_000 }; // ours ends first, and says what ended
  }
}

/** An answer may take its time as long as it goes on; what its reader takes is not the server's. */
async function* goingOn(deltas: AsyncIterable<Delta>, bounds: Bounds): AsyncGenerator<Delta, void> {
  bounds.renew();
  for await (const delta of deltas) {
    bounds.hold();
    yield delta;
    bounds.renew();
  }
}

/** The same pieces, the first of them already here. */
async function begun(deltas: AsyncGenerator<Delta, void>): Promise<AsyncIterable<Delta>> {
  const first = await deltas.next();
  return (async function* () {
    try {
      if (!first.done) yield first.value;
      yield* deltas;
    } finally {
      await deltas.return();
    }
  })();
}

/** In the order of the texts, whatever the order in the answer. */
function readVectors(data: unknown, count: number, host: string): number[][] {
  const vectors = new Array<number[] | undefined>(count).fill(undefined);
  for (const [at, entry] of (Array.isArray(data) ? data : []).entries()) {
    const { index = at, embedding } = (entry ?? {}) as { readonly index?: unknown; readonly embedding?: unknown };
    if (typeof index !== "number" || !(index in vectors) || !isVector(embedding)) continue;
    vectors[index] = [...embedding];
  }
  if (vectors.every((vector) => vector !== undefined)) return vectors;
  throw unreadable(
    host,
    `it has vectors for ${vectors.filter((vector) => vector !== undefined).length} of ${count} texts`,
  );
}

function isVector(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 &&
    value.every((number) => typeof number === "number" && Number.isFinite(number));
}
