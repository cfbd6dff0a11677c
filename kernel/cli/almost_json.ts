/** An argument that looks like JSON and is none was taken as a text. When the call then fails, that is the likeliest reason. */
import type { Fault } from "../contract/fault.ts";

const LOOKS_LIKE_JSON = /^\s*(?:\{[^]*\}|\[[^]*\])\s*$/;
const CODES: readonly Fault["code"][] = ["invalid_argument", "module_error"];
const SHOWN = 200;

/** The fault of a call with these arguments, with a hint that says which one is no JSON and how it would be typed, in a shell or at a prompt. */
export function explainArguments(fault: Fault, args: readonly unknown[], typed_in: "shell" | "prompt"): Fault {
  if (!CODES.includes(fault.code)) return fault;
  const text = args.find((arg) => typeof arg === "string" && LOOKS_LIKE_JSON.test(arg)) as string | undefined;
  if (text === undefined || isJson(text)) return fault;
  const mended = mendJson(text);
  const quote = typed_in === "shell" && !mended?.includes("'") ? "'" : "";
  const how = mended === undefined || mended.length > SHOWN ? "" : `: ${quote}${mended}${quote}`;
  const what = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return { ...fault, hint: `${what} is no JSON and was taken as a text; keys and texts stand in double quotes${how}` };
}

/** The same with its keys and words in quotes, when that makes JSON of it. */
export function mendJson(text: string): string | undefined {
  let mended = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (/^["\s{}[\]:,]/.test(token)) mended += token;
    else if (token.startsWith("'")) mended += JSON.stringify(token.slice(1, -1).replaceAll("\\'", "'"));
    else mended += isJson(token.trim()) ? token : token.replace(token.trim(), (word) => JSON.stringify(word));
  }
  mended = mended.replace(/([{,]\s*)(-?[0-9][0-9.]*|true|false|null)(\s*:)/g, '$1"$2"$3').replace(/,(\s*[}\]])/g, "$1");
  return isJson(mended) ? mended : undefined;
}

/** A text in either quotes, a sign, blanks, or a bare word up to the next sign. */
const TOKEN = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{}[\]:,]|\s+|[^{}[\]:,"'\s][^{}[\]:,"']*|["']/g;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
