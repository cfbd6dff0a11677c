/** Names beside one that is not there: for hints, so that a slip of the finger shows the name that was meant. */

const COMPARED = 64;
const NEAREST = 3;

/** The names, those that differ least from `name` first; equally close ones keep their order. */
export function closestFirst(name: string, names: readonly string[]): string[] {
  return names.map((other) => ({ other, far: distance(name, other) })).sort((a, b) => a.far - b.far)
    .map(({ other }) => other);
}

/** Up to three of the names, the nearest to `wanted` first: for who asked for something that is not there. None that has nothing in common with it. */
export function nearestNames(wanted: string, names: readonly string[]): string[] {
  return closestFirst(wanted, names).slice(0, NEAREST).filter((name) => {
    const longer = Math.max(Math.min(wanted.length, COMPARED), Math.min(name.length, COMPARED));
    return distance(wanted, name) < longer;
  });
}

/** The one name that is close enough to have been meant, if there is one. */
export function closestName(name: string, names: readonly string[]): string | undefined {
  const [first] = closestFirst(name, names);
  return first !== undefined && distance(name, first) <= Math.max(1, Math.floor(name.length / 3)) ? first : undefined;
}

/** How many letters have to be put in, taken out, changed or swapped; capitals do not count. */
function distance(a: string, b: string): number {
  const from = a.slice(0, COMPARED).toLowerCase();
  const to = b.slice(0, COMPARED).toLowerCase();
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const next = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      let least = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + same);
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) least = Math.min(least, before[column - 2]! + 1);
      next.push(least);
    }
    before = last;
    last = next;
  }
  return last[to.length]!;
}
