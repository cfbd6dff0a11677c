import type { Place } from "./protocol.ts";

/** Gives the places of a text, whose first line has the number `first`. Lines are looked for once, when the first place is asked for: warnings may be many. */
export function findPlaces(text: string, first: number): (index: number) => Place {
  let begins: number[] | undefined;
  return (index) => {
    begins ??= lineBegins(text);
    let low = 0;
    for (let high = begins.length - 1; low < high;) {
      const middle = (low + high + 1) >> 1;
      if (begins[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    return { line: first + low, column: index - begins[low]! + 1 };
  };
}

function lineBegins(text: string): number[] {
  const begins = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) begins.push(at + 1);
  return begins;
}
