/**
 * The last lines of a JSON Lines file, for a kernel that starts where another one wrote. Every record of ours has a `time`; a torn or foreign
 * line is left out.
 */
import type { Files } from "../contract/powers.ts";
import { isRecord } from "../primitives/check_fields.ts";

/** Of a longer file no more is read. */
const MAX_BYTES = 33_554_432;

export async function readTail<Item>(files: Files, path: string, lines: number): Promise<Item[]> {
  const bytes = await files.readPart(path, { last: MAX_BYTES }).catch(() => undefined);
  if (bytes === undefined) return [];
  // Not strict: a line may be torn within a character, which is no reason to lose the others.
  const text = new TextDecoder().decode(bytes);
  const items: Item[] = [];
  for (const line of text.split("\n").slice(-lines - 1)) {
    try {
      const item: unknown = line === "" ? undefined : JSON.parse(line);
      if (isRecord(item) && typeof item["time"] === "string") items.push(item as Item);
    } catch {
      // torn by a kill in the middle of a write
    }
  }
  return items.slice(-lines);
}
