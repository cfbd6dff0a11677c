/** What `chat` and `stream` are asked, as it comes from a caller: anything, until it is parsed here. */
import { fault } from "meta-machine";
import { nearest } from "./nearest.ts";
import type { Message } from "./turn_items.ts";

export interface Chat {
  readonly messages: readonly Message[];
  /** All of the catalog, these of it, none, or functions of the caller's own. */
  readonly tools: "all" | "none" | { readonly names: readonly string[] } | { readonly functions: readonly unknown[] };
  readonly model: string | undefined;
  readonly temperature: number | undefined;
  readonly max_tokens: number | undefined;
  readonly stop: readonly string[] | undefined;
  /** Of the prompt's place of that name, in place of the config's. */
  readonly persona: string | undefined;
  /** JSON Schema of the answer. */
  readonly schema: Readonly<Record<string, unknown>> | undefined;
  readonly signal: AbortSignal | undefined;
}

const ROLES = ["system", "developer", "user", "assistant", "tool"];
const KEYS = ["messages", "tools", "model", "temperature", "max_tokens", "stop", "persona", "schema", "signal"];
const MOST_MESSAGES = 10_000;

/** A text alone is a user's message. */
export function parseChat(asked: unknown, max_input_bytes: number): Chat {
  const map = typeof asked === "string" ? { messages: asked } : asked;
  if (!isMap(map)) {
    throw misfit("what is asked is no map", 'pass a map, for example {messages: [{role: "user", content: "hello"}]}');
  }
  const unknown = Object.keys(map).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    const like = nearest(unknown, KEYS, 1)[0];
    throw misfit(
      `"${unknown.slice(0, 64)}" is not known`,
      like === undefined ? `it takes ${KEYS.join(", ")}` : `did you mean ${like}?`,
    );
  }
  const { model, temperature, max_tokens, stop, persona, schema, signal } = map;
  return {
    messages: parseMessages(map["messages"], max_input_bytes),
    tools: parseTools(map["tools"]),
    model: optional("model", model, "a name", (value) => typeof value === "string" && value !== ""),
    temperature: optional(
      "temperature",
      temperature,
      "a number from 0 to 2",
      (value) => typeof value === "number" && value >= 0 && value <= 2,
    ),
    max_tokens: optional("max_tokens", max_tokens, "a positive whole number", isPositive),
    stop: optional("stop", typeof stop === "string" ? [stop] : stop, "a text, or up to four", isStop),
    persona: optional("persona", persona, "a text", (value) => typeof value === "string"),
    schema: optional("schema", schema, 'a JSON Schema: {type: "object", properties: {…}}', isMap),
    signal: optional(
      "signal",
      signal,
      "an AbortSignal",
      (value) => typeof value === "object" && value !== null && "aborted" in value,
    ),
  };
}

export function parseMessages(messages: unknown, max_bytes: number): readonly Message[] {
  const list = typeof messages === "string" ? [{ role: "user", content: messages }] : messages;
  if (!Array.isArray(list) || list.length === 0) {
    throw misfit(
      "messages is no list with a message in it",
      'pass messages, for example [{role: "user", content: "hello"}]',
    );
  }
  if (list.length > MOST_MESSAGES) throw tooLarge(`${list.length} messages; ${MOST_MESSAGES} may be`);
  for (const [i, message] of list.entries()) {
    if (!isMap(message)) throw misfit(`messages[${i}] is no map`, 'a message is {role: "user", content: "…"}');
    if (!ROLES.includes(message["role"] as string)) {
      throw misfit(`messages[${i}].role is ${shown(message["role"])}`, `the roles are ${ROLES.join(", ")}`);
    }
    const { content } = message;
    const fits = typeof content === "string" || Array.isArray(content) ||
      (message["role"] === "assistant" && (content === null || content === undefined));
    if (!fits) {
      throw misfit(
        `messages[${i}].content is ${shown(content)}`,
        "pass a text, or a list of parts as the server takes them",
      );
    }
  }
  const bytes = new TextEncoder().encode(JSON.stringify(list)).length;
  if (bytes > max_bytes) throw tooLarge(`the messages have ${bytes} bytes; ${max_bytes} may be sent`);
  return list as readonly Message[];
}

function parseTools(tools: unknown): Chat["tools"] {
  if (tools === undefined || tools === true) return "all";
  if (tools === false || tools === null) return "none";
  if (Array.isArray(tools)) {
    if (tools.length === 0) return "none";
    if (tools.every((tool) => typeof tool === "string")) return { names: tools };
    if (tools.every((tool) => isMap(tool) && tool["type"] === "function" && isMap(tool["function"]))) {
      return { functions: tools };
    }
  }
  throw misfit(
    `tools is ${shown(tools)}`,
    'pass true, false, names of tools, or functions: [{type: "function", function: {name, description, parameters}}]',
  );
}

function optional<T>(key: string, value: unknown, works: string, fits: (value: unknown) => boolean): T | undefined {
  if (value === undefined || value === null) return undefined;
  if (fits(value)) return value as T;
  throw misfit(`${key} is ${shown(value)}`, `pass ${works}`);
}

function isStop(value: unknown): boolean {
  return Array.isArray(value) && value.length <= 4 && value.every((text) => typeof text === "string" && text !== "");
}
function isPositive(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "missing").slice(0, 80);
}

export function misfit(found: string, hint: string): Error {
  return fault("invalid_argument", `Cannot ask the model: ${found}`, { hint });
}
function tooLarge(found: string): Error {
  return fault("too_large", `Cannot ask the model: ${found}`, {
    hint: "send less, or raise max_input_bytes in the config's params",
  });
}
