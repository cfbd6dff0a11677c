/** How a model is offered tools and how it asks for them: what differs between the Bracket Protocol and native functions, and nothing else. */
import type { BracketOutcome } from "meta-machine/bracket";
import type { Answer } from "./answer.ts";
import type { ListedTool, ToolCall } from "./authority.ts";
import type { Message } from "./turn_items.ts";

/** What the model asked for, in the order of its answer; a refusal is already an outcome and goes straight to the end. */
export type Prepared =
  | { readonly kind: "call"; readonly id: string; readonly call: ToolCall }
  | { readonly kind: "refused"; readonly id: string; readonly outcome: BracketOutcome };

/** What came of one of them. */
export interface Done {
  readonly id: string;
  readonly outcome: BracketOutcome;
}

export interface ToolStyle {
  /** For the prompt's place of that name. */
  readonly catalog: string;
  /** Keys of the request. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Reads the answer's own words; `round` makes ids that no other round has. */
  prepare(answer: Answer, round: number): readonly Prepared[];
  /** The answer as a message of the conversation. */
  ownWords(answer: Answer, prepared: readonly Prepared[]): Message;
  /** The results as messages that the model reads next. */
  finalize(done: readonly Done[]): readonly Message[];
}

export type MakeStyle = (tools: readonly ListedTool[], limits: { readonly calls: number }) => ToolStyle;

/** Without tools: what looks like a call is text. */
export const noTools: ToolStyle = Object.freeze({
  catalog: "",
  request: {},
  prepare: () => [],
  ownWords: ({ text }: Answer): Message => ({ role: "assistant", content: text }),
  finalize: () => [],
});
