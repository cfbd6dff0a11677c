/**
 * Orders versions as file names carry them: positive when `a` is higher. Numbers are compared as numbers (1.10 > 1.9),
 * what is missing counts as 0 (1 = 1.0), and "" (no version) is below everything. Not `@std/semver`: that reads three
 * numbers at most and none with a leading zero, and a file name may have `-v2026.01.05.2`.
 */
export function compareVersions(a: string, b: string): number {
  if (a === "" || b === "") return Math.sign(a.length - b.length);
  const left = a.split(".");
  const right = b.split(".");
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareDigits(left[i] ?? "0", right[i] ?? "0");
    if (order !== 0) return order;
  }
  return 0;
}

/** As text, since a file name may hold more digits than a number. */
function compareDigits(a: string, b: string): number {
  const left = a.replace(/^0+/, "");
  const right = b.replace(/^0+/, "");
  if (left.length !== right.length) return Math.sign(left.length - right.length);
  return left === right ? 0 : left < right ? -1 : 1;
}
