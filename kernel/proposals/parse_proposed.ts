/** What a module hands over as a proposal: a rumour until parsed. */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import { API_NAME_RULE, type ApiName, isApiName } from "../contract/names.ts";
import { PROPOSALS, type ProposedTest } from "../contract/proposal.ts";
import { isRecord } from "../primitives/check_fields.ts";

/** A file below the module's own folder, or the module's one file under its own name. */
export interface ProposedFile {
  readonly path: string;
  readonly text: string;
}

export interface Proposed {
  readonly api: ApiName;
  readonly objective: string;
  readonly model?: string;
  /** All files of the source. */
  readonly source?: readonly ProposedFile[];
  readonly config?: string;
  readonly prompt?: { readonly name: string; readonly text: string };
  readonly tests?: readonly ProposedTest[];
}

const KEYS = ["api", "objective", "model", "source", "config", "prompt", "tests"];
const PATH = /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\/){0,3}[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\.(?:ts|js|json|txt|md|sql)$/;
const MODEL_UNITS = 200;

/** Refuses what is no proposal, naming the key, what was found and what would do. */
export function parseProposed(value: unknown): Result<Proposed> {
  if (!isRecord(value)) return wrong("it is no map", "pass {api, objective, source | config | prompt}");
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return wrong(`unknown key '${unknown}'`, `there are ${KEYS.join(", ")}`);
  const { api, objective, model, source, config, prompt, tests } = value;
  if (!isApiName(api)) return wrong("'api' is no api name", API_NAME_RULE);
  if (typeof objective !== "string" || objective === "" || objective.length > PROPOSALS.objective_units) {
    return wrong(
      "'objective' is missing or too long",
      `say in 1 to ${PROPOSALS.objective_units} characters what it is for`,
    );
  }
  if (model !== undefined && (typeof model !== "string" || model.length > MODEL_UNITS)) {
    return wrong("'model' is no short text", "name the model that wrote it, or leave it out");
  }
  if (config !== undefined && typeof config !== "string") return wrong("'config' is no text", "pass the whole file");
  const files = source === undefined ? ok(undefined) : parseSource(source);
  if (!files.ok) return files;
  const text = prompt === undefined ? ok(undefined) : parsePrompt(prompt);
  if (!text.ok) return text;
  if (files.value === undefined && config === undefined && text.value === undefined) {
    return wrong("it changes nothing", "give a source, a config or a prompt");
  }
  const own = tests === undefined ? ok(undefined) : parseTests(tests);
  if (!own.ok) return own;
  const proposed = {
    ...{ api, objective },
    ...(model !== undefined && { model: model as string }),
    ...(files.value && { source: files.value }),
    ...(config !== undefined && { config: config as string }),
    ...(text.value && { prompt: text.value }),
    ...(own.value && { tests: own.value }),
  };
  return bytesOf(proposed) <= PROPOSALS.total_bytes
    ? ok(proposed)
    : refuse(fault("too_large", `a proposal has at most ${PROPOSALS.total_bytes} bytes of texts; this one has more`));
}

/** One text, or a list of files. */
function parseSource(source: unknown): Result<readonly ProposedFile[]> {
  if (typeof source === "string") return ok([{ path: "", text: source }]);
  if (!Array.isArray(source) || source.length === 0 || source.length > PROPOSALS.files) {
    return wrong("'source' is no text and no list of files", `1 to ${PROPOSALS.files} files as {path, text}`);
  }
  const files: ProposedFile[] = [];
  for (const file of source) {
    const { path, text } = isRecord(file) ? file : {};
    if (typeof path !== "string" || !PATH.test(path) || typeof text !== "string") {
      return wrong(
        `a file of 'source' has no path or text`,
        "paths below the module's folder, such as mod.ts or parts/list.ts",
      );
    }
    if (files.some((other) => other.path === path)) return wrong(`'${path}' is there twice`, "one text for each path");
    files.push({ path, text });
  }
  return ok(files);
}

function parsePrompt(prompt: unknown): Result<{ readonly name: string; readonly text: string }> {
  const { name, text } = isRecord(prompt) ? prompt : {};
  if (typeof name === "string" && typeof text === "string") return ok({ name, text });
  return wrong("'prompt' is no {name, text}", "name one of the module's grants.prompts");
}

function parseTests(tests: unknown): Result<readonly ProposedTest[]> {
  const hint = `at most ${PROPOSALS.tests} as {method, args, aspect, expect}, in values that JSON has`;
  if (!Array.isArray(tests) || tests.length > PROPOSALS.tests) return wrong("'tests' is no list, or too long", hint);
  const parsed: ProposedTest[] = [];
  for (const test of tests) {
    const { method, args = [], aspect = "default", expect } = isRecord(test) ? test : {};
    const named = typeof method === "string" && method !== "" && typeof aspect === "string";
    if (!named || !Array.isArray(args) || expect === undefined) return wrong("one of 'tests' is none", hint);
    parsed.push({ method: method as string, args, aspect: aspect as string, expect });
  }
  return isJson(parsed) ? ok(parsed) : wrong("one of 'tests' has a value that JSON has not", hint);
}

/** It is kept as JSON, and has to come back as it was. */
function isJson(value: unknown): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object":
      return value === null || (Array.isArray(value) ? value.every(isJson) : isRecord(value) && isPlain(value));
    default:
      return false;
  }
}

function isPlain(value: object): boolean {
  const made = value instanceof Uint8Array || value instanceof Date;
  return !made && Object.values(value).every(isJson);
}

function bytesOf({ source = [], config = "", prompt, objective, tests }: Proposed): number {
  const utf8 = new TextEncoder();
  return [
    objective,
    config,
    prompt?.text ?? "",
    tests === undefined ? "" : JSON.stringify(tests),
    ...source.map(({ text }) => text),
  ]
    .reduce((sum, text) => sum + utf8.encode(text).length, 0);
}

function wrong(what: string, hint: string): Result<never> {
  return refuse(fault("invalid_argument", `that is no proposal: ${what}`, { hint }));
}
