/** What an inference module gives for a turn, as far as it is read here. */
export interface Usage {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
}

export interface FunctionCall {
  readonly id: string;
  readonly name: string;
  /** JSON. */
  readonly arguments: string;
}

/** The end of a turn. `calls`: of functions that the client brought, which are the client's to make. */
export interface TurnEnd {
  readonly finish?: string;
  readonly usage?: Usage;
  readonly calls?: readonly FunctionCall[];
}

export type WholeTurn = TurnEnd & { readonly text: string };

/** Of a stream. Calls and results are those of this machine's tools, which the module makes itself; clients are not told. */
export type TurnItem =
  | { readonly kind: "text"; readonly text: string }
  | ({ readonly kind: "usage" } & Usage)
  | { readonly kind: "call" | "result" }
  | ({ readonly kind: "done" } & TurnEnd);

export interface Inference {
  chat(asked: Readonly<Record<string, unknown>>): WholeTurn;
  stream(asked: Readonly<Record<string, unknown>>): AsyncIterable<TurnItem>;
}
