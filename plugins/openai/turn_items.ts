/** What can be seen of a turn while it goes on, and what it comes to: one union, in the order in which things happen. */
import type { BracketOutcome } from "meta-machine/bracket";

export type TurnItem =
  /** A piece of what the model says, tool blocks included. */
  | { readonly kind: "text"; readonly text: string }
  /** A call that is about to be made. */
  | {
    readonly kind: "call";
    readonly tool: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly id: string;
  }
  /** What came of a call, or why it was not made; in the order in which the model wrote them. */
  | { readonly kind: "result"; readonly id: string; readonly outcome: BracketOutcome }
  /** Tokens and cost of one request. */
  | {
    readonly kind: "usage";
    readonly round: number;
    readonly input_tokens: number;
    readonly output_tokens: number;
    readonly cost: number;
  }
  /** The last one. Its text has come in pieces; `messages` is left out where it is too long for one item. */
  | ({ readonly kind: "done" } & Omit<TurnEnd, "text" | "messages"> & Partial<Pick<TurnEnd, "messages">>);

/** Why a turn ended: the model's own word (`stop`, `length`, `content_filter`, …), `calls` of functions that the caller brought, or a limit of ours. */
export type Finish =
  | "stop"
  | "length"
  | "content_filter"
  | "calls"
  | "loop_limit"
  | "token_limit"
  | "size_limit"
  | (string & Record<never, never>);

export interface TurnEnd {
  /** The model's last words. */
  readonly text: string;
  readonly finish: Finish;
  readonly model: string;
  readonly rounds: number;
  /** Calls of functions that the caller brought: they are the caller's to make. */
  readonly calls?: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  /** What the turn adds to the conversation: the messages to send along with the next one. */
  readonly messages: readonly Message[];
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number; readonly cost: number };
}

/** As the interface of OpenAI has it. */
export interface Message {
  readonly role: "system" | "developer" | "user" | "assistant" | "tool";
  readonly content?: unknown;
  readonly [more: string]: unknown;
}
