/** Up to so many of the names that were probably meant, the nearest first. */
export function nearest(wrong: string, names: readonly string[], most = 3): string[] {
  const asked = wrong.slice(0, 64).toLowerCase();
  return names.map((name) => ({ name, far: distance(asked, name.toLowerCase()) }))
    .filter(({ name, far }) => far <= Math.max(2, Math.ceil(name.length / 3)))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, most).map(({ name }) => name);
}

/** How many letters have to be written otherwise. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
