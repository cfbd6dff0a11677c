/**
 * A model that says what it was told to say, behind the interface of OpenAI: real HTTP on the loopback interface, `/v1/chat/completions` (also as a stream),
 * `/v1/models`, `/v1/embeddings`. It keeps what it was asked and judges nothing.
 */
import { answerChat, type ChatBody } from "./answer_chat.ts";
import { answerEmbeddings } from "./answer_embeddings.ts";
import { refuses, type Reply } from "./reply.ts";

/** A request as it came. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON. */
  // deno-lint-ignore no-explicit-any -- whatever was sent
  readonly body: any;
}

export interface ModelServerOptions {
  /** Names of its models. */
  readonly models?: readonly string[];
  /** Answers when no reply is left; without, that is a refusal that says so. */
  readonly otherwise?: (asked: Asked) => Reply;
  /** Hears of a chat request and of what will be said to it, before it is. */
  readonly heard?: (asked: Asked, reply: Reply) => void;
}

export class ModelServer implements AsyncDisposable {
  readonly asked: Asked[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #options: ModelServerOptions;
  readonly #replies: Reply[] = [];
  readonly #ended = new AbortController();
  #open = 0;
  #most_open = 0;

  constructor(options: ModelServerOptions = {}) {
    this.#options = options;
    this.#server = Deno.serve(
      {
        hostname: "127.0.0.1",
        port: 0,
        onListen() {},
        onError: () => new Response(null, { status: 500 }),
        signal: this.#ended.signal,
      },
      (request) => this.#answer(request),
    );
  }

  /** As `grants.net` has it. */
  get at(): string {
    return `127.0.0.1:${this.#server.addr.port}`;
  }
  get base_url(): string {
    return `http://${this.at}/v1`;
  }
  /** Chat requests that were answered at the same time, at the most. */
  get most_at_once(): number {
    return this.#most_open;
  }
  /** Replies that nobody has asked for. */
  get left(): number {
    return this.#replies.length;
  }

  /** What it says to the next requests, one reply each; requests for models and embeddings take none, but for a refusal. */
  will(...replies: readonly Reply[]): this {
    this.#replies.push(...replies);
    return this;
  }

  /** The messages of a chat request, the latest without a number. */
  // deno-lint-ignore no-explicit-any -- whatever was sent
  messages(at = -1): any[] {
    return this.chats().at(at)?.body.messages ?? [];
  }
  chats(): Asked[] {
    return this.asked.filter(({ path }) => path === "/v1/chat/completions");
  }

  async #answer(request: Request): Promise<Response> {
    const asked = await read(request);
    this.asked.push(asked);
    const next = this.#replies[0];
    const is_chat = asked.path === "/v1/chat/completions";
    if (!is_chat && next?.body !== undefined) return await answerChat(this.#replies.shift()!, {});
    switch (asked.path) {
      case "/v1/chat/completions":
        return await this.#chat(asked);
      case "/v1/embeddings":
        return answerEmbeddings(asked.body);
      case "/v1/models": {
        const data = (this.#options.models ?? ["scripted"]).map((id) => ({
          id,
          object: "model",
          created: 1_700_000_000,
          owned_by: "tests",
        }));
        return Response.json({ object: "list", data });
      }
      default:
        return Response.json({ error: { message: `there is no ${asked.path} here` } }, { status: 404 });
    }
  }

  async #chat(asked: Asked): Promise<Response> {
    const reply = this.#replies.shift() ?? this.#options.otherwise?.(asked) ??
      refuses(500, "the script has no reply left");
    this.#options.heard?.(asked, reply);
    this.#most_open = Math.max(this.#most_open, ++this.#open);
    try {
      return await answerChat(reply, asked.body as ChatBody);
    } finally {
      this.#open--;
    }
  }

  /** Also with answers that never end. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    await this.#server.finished;
  }
}

async function read(request: Request): Promise<Asked> {
  const text = await request.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // kept as the text it is
  }
  const { pathname } = new URL(request.url);
  return { method: request.method, path: pathname, headers: Object.fromEntries(request.headers), body };
}
