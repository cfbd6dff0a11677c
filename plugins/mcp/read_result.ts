/** What a remote tool gave as plain data. */
import { fault } from "meta-machine";
import { cleanText } from "./clean_text.ts";
import { RemoteError } from "./remote_error.ts";

/** As the protocol has it; anything may be in it. */
export interface RemoteResult {
  readonly content?: unknown;
  readonly structuredContent?: unknown;
  readonly isError?: unknown;
}

const ERROR_UNITS = 2_000;

/** Its structured content, or its texts, or a list of whatever it gave. Throws what the server says went wrong, and for more than `most_bytes`. */
export function readResult(
  { content, structuredContent, isError }: RemoteResult,
  host: string,
  most_bytes: number,
): unknown {
  const items = (Array.isArray(content) ? content : []).map(readItem);
  const texts = items.every((item) => typeof item === "string") ? (items as string[]).join("\n") : undefined;
  if (isError === true) throw new RemoteError(host, cleanText(texts ?? JSON.stringify(items), ERROR_UNITS));
  const data = structuredContent ?? texts ?? items;
  const bytes = new TextEncoder().encode(JSON.stringify(data)).length;
  if (bytes <= most_bytes) return data;
  throw fault("too_large", `${host} gave a result of ${bytes} bytes; result_bytes allows ${most_bytes}`, {
    hint: "ask for less, or raise result_bytes in the module's config",
  });
}

/** A text as it is; of everything else the fields that the protocol gives a meaning. */
function readItem(item: unknown): unknown {
  const { type, text, data, mimeType, uri, name, resource } = Object(item) as Record<string, unknown>;
  if (type === "text" && typeof text === "string") return text;
  const inside = Object(resource) as Record<string, unknown>;
  const fields = { type, mimeType, data, name, uri: uri ?? inside["uri"], text: inside["text"], blob: inside["blob"] };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === "string"));
}
