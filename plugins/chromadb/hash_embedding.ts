/**
 * A vector made of a text alone, for where no model is at hand: each run of three characters is counted in one of 256 places, the sum has length 1. Texts that
 * share words and parts of words are near one another; meaning it knows none. The same text gives the same vector on every machine and in every version: what is
 * stored would lose its neighbours else.
 */
export const HASH_DIMENSIONS = 256;

/** Characters after which others get their turn. */
const BREATH = 200_000;

export async function hashEmbeddings(texts: readonly string[]): Promise<number[][]> {
  const vectors: number[][] = [];
  let since = 0;
  for (const text of texts) {
    vectors.push(hashEmbedding(text));
    since += text.length;
    if (since < BREATH) continue;
    since = 0;
    await new Promise((resolve) => setTimeout(resolve));
  }
  return vectors;
}

export function hashEmbedding(text: string): number[] {
  const counts = new Array<number>(HASH_DIMENSIONS).fill(0);
  const words = text.normalize("NFKC").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  for (const word of words) {
    const letters = [" ", ...word, " "];
    for (let i = 0; i + 3 <= letters.length; i++) {
      const hash = fnv1a(letters[i]! + letters[i + 1]! + letters[i + 2]!);
      // The sign keeps different runs in one place from always adding up.
      counts[hash % HASH_DIMENSIONS]! += hash & 0x8000_0000 ? -1 : 1;
    }
  }
  const length = Math.sqrt(counts.reduce((sum, count) => sum + count * count, 0));
  if (length === 0) {
    counts[0] = 1; // a text without a letter or digit, or one whose runs cancel out, still has to point somewhere
    return counts;
  }
  return counts.map((count) => count / length);
}

/** FNV-1a over the UTF-16 units, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193);
  }
  return hash >>> 0;
}
