const QUOTE = 0x22, BACKSLASH = 0x5c, OPEN_LIST = 0x5b, CLOSE_LIST = 0x5d, OPEN_MAP = 0x7b, CLOSE_MAP = 0x7d;

/**
 * Whether JSON text nests at most `depth` levels, told without parsing it: JSON.parse would build a million levels, and nothing after it could
 * walk them. Text that is no JSON gets some answer or other; the parser refuses it.
 */
export function nestsAtMost(depth: number, text: string): boolean {
  const length = text.length;
  if (length <= depth) return true;
  let level = 0;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) {
      i = endOfString(text, i + 1);
    } else if (unit === OPEN_LIST || unit === OPEN_MAP) {
      if (++level > depth) return false;
    } else if (unit === CLOSE_LIST || unit === CLOSE_MAP) level--;
  }
  return true;
}

/** Where the quote stands that ends it. Long strings are the rule in long texts, so they are searched and not walked. */
function endOfString(text: string, from: number): number {
  for (let at = from;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return quote;
    at = quote + 1;
  }
}
