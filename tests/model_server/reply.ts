/** What the scripted model says next: as data, so that a test or a demonstration can write a whole conversation down. */

/** A call as a native function call; its arguments travel as text, which need not be JSON. */
export interface NativeCall {
  readonly name: string;
  readonly arguments: string | Readonly<Record<string, unknown>>;
  readonly id?: string;
}

/** How an answer ends: as it should, in the middle of a message, by a lost connection, or not at all. */
export type Ending = "whole" | "without finish" | "cut" | "never";

export interface Reply {
  readonly text?: string;
  readonly calls?: readonly NativeCall[];
  /** Characters in each piece of a stream. Default: 7, so that words and fences are cut. */
  readonly piece?: number;
  /** Default: `tool_calls` with calls, else `stop`. */
  readonly finish?: string;
  /** Tokens; `null` is told to nobody. Default: a quarter of the characters. */
  readonly usage?:
    | { readonly prompt_tokens: number; readonly completion_tokens: number; readonly cost?: number }
    | null;
  /** Anything but 200 is a refusal; `body` says why. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** In the place of the whole answer, as it stands. */
  readonly body?: string;
  /** Before the answer begins, and between its pieces. */
  readonly wait_ms?: number;
  readonly pause_ms?: number;
  readonly ending?: Ending;
  /** Of a stream that is cut or never ends: how many pieces come before. Default: 1. */
  readonly after?: number;
}

export const says = (text: string, more: Reply = {}): Reply => ({ text, ...more });

export const callsNatively = (calls: readonly NativeCall[], more: Reply = {}): Reply => ({ calls, ...more });

/** A tool block of the Bracket Protocol, with text before it. */
export function callsInBrackets(inside: string, more: Reply & { readonly before?: string } = {}): Reply {
  const { before = "", ...rest } = more;
  return { text: `${before}\n\`\`\`tool\n${inside}\n\`\`\`\n`, ...rest };
}

/** A refusal as providers write it. */
export function refuses(
  status: number,
  message = `status ${status}`,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, headers, body: JSON.stringify({ error: { message, type: "scripted", code: null } }) };
}

/** A stream with a line in it that is no JSON. */
export const talksNonsense = (): Reply => ({
  body: 'data: {"choices": [{"index": 0, "delta": {"content": "well"}}]}\n\ndata: {"choices": [{"ind\n\n',
  headers: { "content-type": "text/event-stream" },
});

/** A page in the place of an answer, as a wrong address gives it. */
export const showsPage = (): Reply => ({
  body: "<!doctype html><title>Welcome</title>",
  headers: { "content-type": "text/html" },
});
