/** `POST /v1/chat/completions` as clients of OpenAI's interface send it, and what an inference module is asked for it. What is not known is left out. */
import { type Refusal, refusal } from "./refusal.ts";

/** Apis below this one are models. */
export const INFERENCE = "inference/";

export interface Completion {
  /** The api of an inference module. */
  readonly model: string;
  readonly stream: boolean;
  readonly include_usage: boolean;
  readonly asked: Readonly<Record<string, unknown>>;
}

type Body = Readonly<Record<string, unknown>>;

/** Throws for what would be misunderstood if it were left out. */
export function parseCompletion(body: Body): Completion {
  const stream = choice(body, "stream", [true, false]) === true;
  choice(body, "n", [1]);
  if (isThere(body["functions"]) || isThere(body["function_call"])) {
    throw misfit("functions", "is not supported", 'pass tools: [{"type": "function", "function": {…}}]');
  }
  return {
    model: parseModel(body["model"]),
    stream,
    include_usage: stream && isMap(body["stream_options"]) && body["stream_options"]["include_usage"] === true,
    asked: {
      messages: parseMessages(body["messages"]),
      ...given("temperature", number(body, "temperature", 0, 2)),
      ...given("max_tokens", whole(body, "max_completion_tokens") ?? whole(body, "max_tokens")),
      ...given("stop", parseStop(body["stop"])),
      ...given("tools", parseTools(body["tools"], body["tool_choice"])),
      ...given("schema", parseFormat(body["response_format"])),
    },
  };
}

export function unknownModel(model: string): Refusal {
  return refusal(404, "model_not_found", `there is no model '${model.slice(0, 100)}'`, {
    hint: "GET /v1/models lists those that you may ask",
  });
}

function parseModel(model: unknown): string {
  if (typeof model !== "string") {
    throw misfit("model", "is missing", 'pass a name of /v1/models, such as "inference/local"');
  }
  if (!/^inference\/[A-Za-z0-9_/-]{1,120}$/.test(model)) throw unknownModel(model);
  return model;
}

function parseMessages(messages: unknown): readonly unknown[] {
  if (Array.isArray(messages) && messages.length > 0 && messages.every(isMap)) return messages;
  throw misfit("messages", "is no list with a message in it", 'pass messages: [{"role": "user", "content": "hello"}]');
}

/** A client without tools gets those of this machine that its principal may call, as far as the model's config offers them; one that brings its own gets these alone. */
function parseTools(tools: unknown, tool_choice: unknown): readonly unknown[] | false | undefined {
  if (tool_choice === "none") return false;
  if (isThere(tool_choice) && tool_choice !== "auto") {
    throw misfit("tool_choice", "is not supported but for auto and none", 'leave it out, or pass "auto"');
  }
  if (!isThere(tools)) return undefined;
  if (!Array.isArray(tools)) throw misfit("tools", "is no list", 'pass tools: [{"type": "function", "function": {…}}]');
  return tools.length === 0 ? false : tools;
}

function parseFormat(format: unknown): unknown {
  if (!isThere(format)) return undefined;
  const { type, json_schema } = isMap(format) ? format : {};
  if (type === "text") return undefined;
  if (type === "json_object") return { type: "object" };
  if (type === "json_schema" && isMap(json_schema) && isMap(json_schema["schema"])) return json_schema["schema"];
  throw misfit(
    "response_format",
    "is not known",
    'pass {"type": "json_schema", "json_schema": {"name": …, "schema": {…}}}',
  );
}

function parseStop(stop: unknown): unknown {
  if (!isThere(stop)) return undefined;
  if (typeof stop === "string" || (Array.isArray(stop) && stop.every((text) => typeof text === "string"))) return stop;
  throw misfit("stop", "is no text", "pass a text, or a list of up to four");
}

function choice(body: Body, name: string, works: readonly unknown[]): unknown {
  const value = body[name];
  if (!isThere(value) || works.includes(value)) return value;
  throw misfit(name, `is ${shown(value)}`, `pass ${works.join(" or ")}`);
}

function number(body: Body, name: string, least: number, most: number): number | undefined {
  const value = body[name];
  if (!isThere(value)) return undefined;
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw misfit(name, `is ${shown(value)}`, `pass a number from ${least} to ${most}`);
}

function whole(body: Body, name: string): number | undefined {
  const value = body[name];
  if (!isThere(value)) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw misfit(name, `is ${shown(value)}`, "pass a positive whole number");
}

function misfit(name: string, found: string, works: string): Refusal {
  return refusal(400, "invalid_argument", `"${name}" ${found}`, { hint: works });
}
function given(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 80);
}
