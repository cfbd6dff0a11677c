/** Host and compiler often say the same of one place, and the host says some things twice: once is enough. */

/** Whether a text is worth saying: its place, or its first line, was not told just now. */
export type TellOnce = (text: string) => boolean;

const SAME_MS = 2_000;
const PLACE = /^([^\s:]+:\d+:\d+)\b/;

export function tellOnce(now: () => number): TellOnce {
  const told = new Map<string, number>();
  return (text) => {
    const key = PLACE.exec(text)?.[1] ?? text.split("\n")[0]!;
    const at = now();
    for (const [known, time] of told) if (at - time > SAME_MS) told.delete(known);
    if (told.has(key)) return false;
    told.set(key, at);
    return true;
  };
}
