const QUOTE = 0x22, BACKSLASH = 0x5c, OPEN_LIST = 0x5b, CLOSE_LIST = 0x5d, OPEN_MAP = 0x7b, CLOSE_MAP = 0x7d;

/**
 * Whether JSON text nests at most `depth` levels, told without parsing it: JSON.parse would build a million levels, and nothing after it could
 * walk them. Text that is no JSON gets some answer or other; the parser refuses it.
 */
export function nestsAtMost(depth: number, text: Uint8Array): boolean {
  const length = text.length;
  if (length <= depth) return true;
  let level = 0;
  for (let i = 0; i < length; i++) {
    const byte = text[i]!;
    if (byte === QUOTE) {
      for (i++; i < length; i++) {
        const inner = text[i]!;
        if (inner === QUOTE) break;
        if (inner === BACKSLASH) i++;
      }
    } else if (byte === OPEN_LIST || byte === OPEN_MAP) {
      if (++level > depth) return false;
    } else if (byte === CLOSE_LIST || byte === CLOSE_MAP) level--;
  }
  return true;
}
