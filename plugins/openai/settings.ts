/** The keys below `params:` of an inference config, the paper's and ours. A wrong one refuses the load and says what works. */
import type { Config } from "meta-machine";
import { nearest } from "./nearest.ts";

/** How tools are offered to the model: by the Bracket Protocol in its prompt, or as native functions. */
export type ToolUse = "none" | "bracket" | "native";

export interface Settings {
  /** Without one the module loads, and a call says how to configure it. */
  readonly model: string | undefined;
  readonly embedding_model: string | undefined;
  readonly base_url: string;
  /** Names the variable; its value is bound to the host by `grants.secrets` and never comes in here. */
  readonly api_key_env: string | undefined;
  readonly temperature: number | undefined;
  readonly tool_use: ToolUse;
  /** Below prompts/. */
  readonly prompt_file: string | undefined;
  readonly persona: string;
  /** Of one answer; a model that talks on for ever would cost without end. */
  readonly max_tokens: number | undefined;
  /** Requests of one turn: a model that calls tools for ever would never answer. */
  readonly max_rounds: number;
  /** Calls in one answer. */
  readonly max_calls_per_turn: number;
  /** Tokens of one turn, in and out, of all its requests: every round sends the whole conversation again. */
  readonly max_turn_tokens: number;
  readonly turn_timeout_ms: number;
  /** Until a request is answered, with all its tries; and for how long the answer may fall silent. */
  readonly request_timeout_ms: number;
  /** How often a request is tried again. */
  readonly retries: number;
  /** Requests under way at once, and callers that wait for that. */
  readonly concurrency: number;
  readonly queue: number;
  /** Of what is sent, of an answer's text, and of one tool's result. */
  readonly max_input_bytes: number;
  readonly max_output_bytes: number;
  readonly max_result_bytes: number;
  /** What a million tokens cost, in and out; the currency is the operator's. */
  readonly price: { readonly input: number; readonly output: number } | undefined;
}

type Read = (key: string, value: unknown) => unknown;

const whole = (least: number, most: number): Read => (key, value) => {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw wrong(key, value, `a whole number from ${least} to ${most}`);
};
const text = (pattern: RegExp, what: string): Read => (key, value) => {
  if (typeof value === "string" && pattern.test(value)) return value;
  throw wrong(key, value, what);
};
const name = text(/^\S.{0,255}$/, "a name");

const READERS = {
  model: name,
  embedding_model: name,
  base_url: baseUrl,
  api_key_env: keyVariable,
  temperature,
  tool_use: toolUse,
  prompt_file: promptFile,
  persona: text(/^[\s\S]{0,100000}$/, "a text"),
  max_tokens: whole(1, 10_000_000),
  max_rounds: whole(1, 1_000),
  max_calls_per_turn: whole(1, 1_000),
  max_turn_tokens: whole(1, 1_000_000_000),
  turn_timeout_ms: whole(1, 2_147_483_647),
  request_timeout_ms: whole(1, 2_147_483_647),
  retries: whole(0, 100),
  concurrency: whole(1, 1_000),
  queue: whole(0, 10_000),
  max_input_bytes: whole(1, 67_108_864),
  max_output_bytes: whole(1, 67_108_864),
  max_result_bytes: whole(256, 131_072),
  price_per_million: price,
} satisfies Record<string, Read>;

export type ParamKey = keyof typeof READERS;
/** What may stand below `params:`. */
export const PARAM_KEYS = Object.freeze(Object.keys(READERS)) as readonly ParamKey[];

export const PARAM_DEFAULTS: Readonly<Partial<Record<ParamKey, unknown>>> = Object.freeze({
  base_url: "https://api.openai.com/v1",
  tool_use: "none",
  persona: "",
  max_rounds: 16,
  max_calls_per_turn: 32,
  max_turn_tokens: 1_000_000,
  turn_timeout_ms: 300_000,
  request_timeout_ms: 120_000,
  retries: 3,
  concurrency: 4,
  queue: 64,
  max_input_bytes: 4_194_304,
  max_output_bytes: 1_048_576,
  max_result_bytes: 65_536,
});

export function readSettings(config: Config): Settings {
  const params = config.get<unknown>("params", {});
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    throw new TypeError(`params is ${shown(params)}; a map works: params: {base_url: …, model: …}`);
  }
  const read: Record<string, unknown> = { ...PARAM_DEFAULTS };
  for (const [key, value] of Object.entries(params)) {
    const reader = Object.hasOwn(READERS, key) ? READERS[key as ParamKey] : undefined;
    if (reader === undefined) throw unknownKey(key);
    if (value !== null && value !== undefined) read[key] = reader(key, value);
  }
  const { price_per_million, ...rest } = read;
  return Object.freeze({ ...rest, price: price_per_million }) as unknown as Settings;
}

function baseUrl(key: string, value: unknown): string {
  const url = typeof value === "string" ? URL.parse(value) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") {
    throw wrong(key, value, "the address of an OpenAI-compatible API, such as https://openrouter.ai/api/v1");
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError(
      `params.${key} has a name or a password in it; a key is bound by grants.secrets, and api_key_env names it`,
    );
  }
  return url.href.replace(/\/+$/, "");
}

/** What is no name may be the key itself. */
function keyVariable(key: string, value: unknown): string {
  if (typeof value === "string" && /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(value)) return value;
  throw new TypeError(
    `params.${key} is not shown, since it may be the key; the name of an environment variable, such as OPENROUTER_API_KEY, works`,
  );
}

function temperature(key: string, value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= 2) return value;
  throw wrong(key, value, "a number from 0 to 2");
}

function toolUse(key: string, value: unknown): ToolUse {
  if (value === false) return "none";
  if (value === true || value === "bracket") return "bracket";
  if (value === "native") return "native";
  throw wrong(key, value, "true, false, bracket or native");
}

/** The paper writes `prompts/meta.txt`; the kernel counts from prompts/. */
function promptFile(key: string, value: unknown): string {
  const path = typeof value === "string" ? value.replace(/^prompts\//, "") : "";
  if (path !== "" && !path.startsWith("/") && !path.split("/").includes("..")) return path;
  throw wrong(key, value, "a file below prompts/, such as prompts/meta.txt");
}

function price(key: string, value: unknown): { input: number; output: number } {
  const { input, output } = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  if (isPrice(input) && isPrice(output)) return { input, output };
  throw wrong(key, value, "what a million tokens cost: {input: 0.5, output: 1.5}");
}

function isPrice(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function wrong(key: string, value: unknown, works: string): TypeError {
  return new TypeError(`params.${key} is ${shown(value)}; ${works} works`);
}

function unknownKey(key: string): TypeError {
  const like = nearest(key, PARAM_KEYS, 1)[0];
  return new TypeError(
    `params.${key.slice(0, 64)} is not known; ${
      like === undefined ? `it takes ${PARAM_KEYS.join(", ")}` : `did you mean ${like}?`
    }`,
  );
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 80);
}
