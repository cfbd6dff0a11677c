/** A model behind any OpenAI-compatible server, as a service: it answers, streams, embeds, and calls tools under the authority of whoever it serves. */
import { type Config, getPackage, type Kernel, tool } from "meta-machine";
import { type Bounds, openBounds } from "./bounds.ts";
import { handStream } from "./hand_stream.ts";
import type { OpenAiLibrary } from "./openai_library.ts";
import { noModel } from "./open_client.ts";
import { type Chat, misfit, parseChat } from "./parse_chat.ts";
import { parseTexts } from "./parse_texts.ts";
import { type Powers, powersOf } from "./powers.ts";
import { prepareTurn } from "./prepare_turn.ts";
import { Provider } from "./provider.ts";
import { endOfTurn, type Turn } from "./run_turn.ts";
import { readSettings, type Settings } from "./settings.ts";
import { fittingAnswer } from "./fitting_answer.ts";
import type { SchemaLibrary } from "./structured_output.ts";
import { streamedTurn } from "./streamed_turn.ts";
import type { TurnEnd, TurnItem } from "./turn_items.ts";
import type { Usage } from "./usage_counters.ts";

/** What the packages are, where the config grants them. */
export interface Packages {
  readonly openai: OpenAiLibrary | undefined;
  readonly schema: SchemaLibrary | undefined;
}

export class Module {
  readonly #kernel: Kernel;
  readonly #settings: Settings;
  readonly #powers: Powers;
  readonly #provider: Provider;
  readonly #packages: Packages;
  readonly #prompts = new Map<string, Promise<string>>();

  constructor(
    kernel: Kernel,
    config: Config,
    powers: Powers = powersOf(kernel),
    packages: Packages = { openai: getPackage("openai"), schema: getPackage("@cfworker/json-schema") },
  ) {
    this.#kernel = kernel;
    this.#settings = readSettings(config);
    this.#powers = powers;
    this.#packages = packages;
    this.#provider = new Provider(this.#settings, powers, packages.openai);
  }

  /** `chat({messages, tools?, model?, temperature?, max_tokens?, stop?, persona?, schema?, signal?})` → the whole answer; with `schema`, its `value` too. */
  async chat(asked: unknown): Promise<TurnEnd & { readonly value?: unknown }> {
    const chat = this.#parse(asked);
    using bounds = this.#bounds(chat.signal);
    const turn = await this.#prepare(chat, bounds);
    return chat.schema === undefined
      ? await endOfTurn(turn)
      : await fittingAnswer(turn, chat.schema, this.#packages.schema);
  }

  /** The same as `chat`, as it goes on: items of the kinds text, call, result, usage, and done at the end. */
  async stream(asked: unknown): Promise<AsyncIterableIterator<TurnItem>> {
    const chat = this.#parse(asked);
    if (chat.schema !== undefined) {
      throw misfit("schema goes with no stream", "use chat: an answer is checked when it is whole");
    }
    const bounds = this.#bounds(chat.signal);
    try {
      return await handStream(streamedTurn(await this.#prepare(chat, bounds)), bounds);
    } catch (error) {
      bounds[Symbol.dispose]();
      throw error;
    }
  }

  /** `infer(prompt, options?)` → the text of the answer; options as for `chat`. */
  async infer(prompt: unknown, options: Record<string, unknown> = {}): Promise<string> {
    if (typeof prompt !== "string") {
      throw misfit("the prompt is no text", 'pass a text, for example infer("Why is the sky blue?")');
    }
    return (await this.chat({ ...options, messages: prompt })).text;
  }

  /** `embed(texts, {model?, signal?})` → one vector for each text, in their order. */
  async embed(texts: unknown, options: unknown = {}): Promise<number[][]> {
    const { list, model = this.#settings.embedding_model ?? this.#settings.model, signal } = parseTexts(
      texts,
      options,
      this.#settings.max_input_bytes,
    );
    if (model === undefined) throw noModel();
    using bounds = this.#bounds(signal);
    return await this.#provider.embed(model, list, bounds.signal);
  }

  /** The models that the server has → `[{id, owned_by}]`. */
  async models(): Promise<{ id: string; owned_by: string | null }[]> {
    using bounds = this.#bounds(undefined);
    return await this.#provider.models(bounds.signal);
  }

  /** What was asked for and what it cost, also by instances before this one. */
  usage(): Usage {
    return this.#provider.counters.get();
  }

  exportState(): { usage: Usage } {
    return { usage: this.usage() };
  }
  importState(state: { readonly usage?: unknown } | null): void {
    this.#provider.counters.carryOn(state?.usage);
  }

  getAspect(name: string): unknown {
    if (name === "default") return this;
    if (name !== "tool") throw new Error(`Aspect '${name}' not found.`);
    return {
      ask: tool<{ question: string }>({
        description: `Asks ${
          this.#settings.model ?? "a language model"
        } a question and gives its answer. It knows nothing of this conversation.`,
        params: {
          type: "object",
          properties: {
            question: { type: "string", minLength: 1, description: "All that has to be known to answer it." },
          },
          required: ["question"],
          additionalProperties: false,
        },
        run: async ({ question }) => ({ answer: await this.infer(question, { tools: false }) }),
        destructive: false,
        openWorld: true,
      }),
    };
  }

  #parse(asked: unknown): Chat {
    return parseChat(asked, this.#settings.max_input_bytes);
  }

  #bounds(signal: AbortSignal | undefined): Bounds {
    const ms = this.#settings.turn_timeout_ms;
    return openBounds({
      ms,
      what: "the turn did not end",
      setting: "turn_timeout_ms",
      now: this.#powers.now,
      within: [signal, this.#kernel.caller()?.signal],
    });
  }

  /** What the config lacks is told before anything is asked of anybody. */
  async #prepare(chat: Chat, { signal }: Bounds): Promise<Turn> {
    this.#provider.open();
    return await prepareTurn(chat, {
      ...{ settings: this.#settings, signal, today: this.#powers.today() },
      authority: () => this.#kernel.asCaller(),
      prompt: (file) => this.#prompt(file),
      ask: (request) => this.#provider.answer(request, signal),
      reached: (hit) => void this.#kernel.reportLimit({ ...hit, about: { of: "a turn" } }).catch(() => {}),
    });
  }

  /** Read once: a prompt that changes loads the module anew. */
  #prompt(file: string): Promise<string> {
    const known = this.#prompts.get(file) ?? this.#kernel.prompt(file);
    this.#prompts.set(file, known);
    known.catch(() => this.#prompts.delete(file));
    return known;
  }
}
