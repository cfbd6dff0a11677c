/** One line of the prompt: `add "buy milk" 5` is a call, `.tools` a command of the prompt's own. */

export type PromptLine =
  | { readonly kind: "empty" }
  | { readonly kind: "call"; readonly method: string; readonly args: readonly unknown[] }
  | { readonly kind: "command"; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: "wrong"; readonly why: string };

export function parseLine(text: string): PromptLine {
  const words = splitWords(text.trim());
  if (typeof words === "string") return { kind: "wrong", why: words };
  const [first, ...rest] = words;
  if (first === undefined) return { kind: "empty" };
  if (first.startsWith(".")) return { kind: "command", name: first.slice(1), args: rest.map(readWord) };
  return { kind: "call", method: first, args: rest.map(readWord) };
}

/** JSON where it is JSON, else the text itself: `add milk` needs no quotes. */
function readWord(word: string): unknown {
  try {
    return JSON.parse(word);
  } catch {
    return word;
  }
}

const CLOSING: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

/** At blanks that stand neither in a string nor in brackets. What is wrong, as text. */
function splitWords(text: string): string[] | string {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    const end = wordEnd(text, at);
    if (typeof end === "string") return end;
    words.push(text.slice(at, end));
    at = end;
  }
  return words;
}

function wordEnd(text: string, start: number): number | string {
  const open: string[] = [];
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if (quoted) {
      if (character === "\\") at++;
      else if (character === '"') quoted = false;
    } else if (character === '"' && (open.length > 0 || at === start)) quoted = true;
    else if (CLOSING[character] !== undefined && (open.length > 0 || at === start)) open.push(CLOSING[character]);
    else if (open.length > 0 && character === open.at(-1)) open.pop();
    else if (open.length === 0 && /\s/.test(character)) return at;
  }
  if (quoted) return 'a text has no end: close it with "';
  return open.length > 0 ? `a list or map has no end: close it with ${open.at(-1)}` : text.length;
}
