/** What `embed` is asked. */
import { fault } from "meta-machine";
import { misfit } from "./parse_chat.ts";

export interface Texts {
  readonly list: readonly string[];
  readonly model?: string;
  readonly signal: AbortSignal | undefined;
}

/** Vectors are long: more at once would not fit into one answer. */
const MOST_TEXTS = 128;

export function parseTexts(texts: unknown, options: unknown, max_bytes: number): Texts {
  const list = typeof texts === "string" ? [texts] : texts;
  if (!Array.isArray(list) || list.length === 0 || !list.every((text) => typeof text === "string" && text !== "")) {
    throw misfit("texts is no list of texts", 'pass texts that are not empty, for example embed(["a cat", "a dog"])');
  }
  const bytes = new TextEncoder().encode(list.join("")).length;
  if (list.length > MOST_TEXTS || bytes > max_bytes) {
    const found = list.length > MOST_TEXTS
      ? `${list.length} texts; ${MOST_TEXTS} may be embedded at once`
      : `the texts have ${bytes} bytes; ${max_bytes} may be sent`;
    throw fault("too_large", `Cannot ask the model: ${found}`, { hint: "send them in parts" });
  }
  const { model, signal } = (typeof options === "object" && options !== null ? options : {}) as {
    model?: unknown;
    signal?: AbortSignal;
  };
  if (model !== undefined && (typeof model !== "string" || model === "")) {
    throw misfit("model is no name", "pass a name, or leave it away");
  }
  return { list, ...(model !== undefined && { model }), signal };
}
