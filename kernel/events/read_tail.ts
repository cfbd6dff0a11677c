/** The last lines of a JSON Lines file, for a kernel that starts where another one wrote. A torn or foreign line is left out. */
import type { Files } from "../contract/powers.ts";

/** Reads files up to this size whole; rotation keeps them below it. */
const MAX_BYTES = 33_554_432;

export async function readTail<Item>(files: Files, path: string, lines: number): Promise<Item[]> {
  const text = await files.readText(path, MAX_BYTES).catch(() => undefined);
  if (text === undefined) return [];
  const items: Item[] = [];
  for (const line of text.split("\n").slice(-lines - 1)) {
    try {
      if (line !== "") items.push(JSON.parse(line));
    } catch {
      // torn by a kill in the middle of a write
    }
  }
  return items.slice(-lines);
}
