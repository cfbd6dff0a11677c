/** The part of the package `openai` that is used here. It is asked for by name, so that a config that does not grant it loads, and a call says what to add. */

export interface OpenAiClient {
  readonly chat: {
    readonly completions: {
      create(body: Record<string, unknown>, options: RequestOptions): Promise<AsyncIterable<unknown>>;
    };
  };
  readonly embeddings: { create(body: Record<string, unknown>, options: RequestOptions): Promise<unknown> };
  readonly models: { list(options: RequestOptions): Promise<{ readonly data: readonly unknown[] }> };
}

export interface RequestOptions {
  readonly signal: AbortSignal;
  readonly timeout: number;
}

export interface OpenAiOptions {
  readonly apiKey: string;
  readonly baseURL: string;
  readonly fetch: typeof fetch;
  readonly maxRetries: number;
  readonly logLevel: "off";
  readonly defaultHeaders: Readonly<Record<string, string | null>>;
}

export interface OpenAiLibrary {
  readonly OpenAI: new (options: OpenAiOptions) => OpenAiClient;
}
