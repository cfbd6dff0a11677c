/** The ways in which a command answers on stdout. */
import { jsonText } from "./json_text.ts";
import type { Output } from "./output.ts";
import { safeText } from "./safe_text.ts";

/** One JSON document. */
export function answerJson(out: Output, value: unknown): Promise<void> {
  return out.answer(`${jsonText(value, "document")}\n`);
}

/** Text for people that is already safe to show. */
export function answerText(out: Output, text: string): Promise<void> {
  return out.answer(text === "" ? "" : `${text}\n`);
}

/** What a call gave, for people: a string as it is, everything else as JSON. Into a file or a pipe a string goes unchanged. */
export function answerResult(out: Output, value: unknown): Promise<void> {
  if (typeof value !== "string") return answerJson(out, value);
  const text = out.terminal ? safeText(value) : value;
  return out.answer(text.endsWith("\n") ? text : `${text}\n`);
}
