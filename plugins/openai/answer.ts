/** A model's whole answer to one request, gathered from its pieces. */
import { fault } from "meta-machine";
import type { Delta } from "./deltas.ts";
import type { Tokens } from "./usage_counters.ts";

/** A native call as the model wrote it; the arguments may be no JSON. */
export interface NativeCall {
  readonly id: string | undefined;
  readonly name: string;
  readonly args: string;
}

export interface Answer {
  readonly text: string;
  readonly calls: readonly NativeCall[];
  /** Why the model stopped: `stop`, `tool_calls`, `length`, `content_filter`, or a word of the server's. */
  readonly finish: string;
  readonly tokens: Tokens;
}

export interface Gathering {
  /** Of text and arguments: an answer without end would fill the memory. */
  readonly max_bytes: number;
  /** Length of what was sent, for where the server tells no tokens. */
  readonly sent: number;
}

/** Gives the text as it comes, and the whole answer at the end. */
export async function* gatherAnswer(
  deltas: AsyncIterable<Delta>,
  { max_bytes, sent }: Gathering,
): AsyncGenerator<string, Answer> {
  let text = "";
  let bytes = 0;
  let finish = "stop";
  let tokens: Tokens | undefined;
  const calls: { id: string | undefined; name: string; args: string }[] = [];
  for await (const delta of deltas) {
    bytes += delta.kind === "text" ? bytesOf(delta.text) : delta.kind === "call" ? bytesOf(delta.args ?? "") : 0;
    if (bytes > max_bytes) throw tooLong(max_bytes);
    switch (delta.kind) {
      case "text":
        text += delta.text;
        yield delta.text;
        break;
      case "call": {
        const call = calls[delta.index] ??= { id: undefined, name: "", args: "" };
        call.id ??= delta.id;
        call.name ||= delta.name ?? "";
        call.args += delta.args ?? "";
        break;
      }
      case "usage":
        tokens = delta.tokens;
        break;
      case "finish":
        finish = delta.reason;
    }
  }
  return { text, calls: calls.filter((call) => call !== undefined), finish, tokens: tokens ?? estimate(sent, bytes) };
}

const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).length;

function estimate(sent: number, come: number): Tokens {
  return { input: Math.ceil(sent / 4), output: Math.ceil(come / 4), estimated: true };
}

function tooLong(max_bytes: number): Error {
  return fault("too_large", `the model's answer is longer than ${max_bytes} bytes, and was not read further`, {
    hint: "set max_tokens, or raise max_output_bytes in the config's params",
  });
}
