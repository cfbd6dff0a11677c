import type { LineCounts } from "./coverage.ts";

export interface FileCoverage {
  readonly file: string;
  /** Lines that hold a statement. */
  readonly lines: number;
  readonly ran: number;
  readonly not_run: readonly number[];
}

/** What the counts of all test files say together. */
export function coverageOf(counts: LineCounts): readonly FileCoverage[] {
  return Object.entries(counts).map(([file, lines]) => {
    const not_run = Object.keys(lines).map(Number).filter((line) => lines[line] === 0).sort((a, b) => a - b);
    const all = Object.keys(lines).length;
    return { file, lines: all, ran: all - not_run.length, not_run };
  }).sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** For people. */
export function renderCoverage(files: readonly FileCoverage[]): string {
  if (files.length === 0) return "coverage: no module was loaded";
  const width = Math.max(...files.map(({ file }) => file.length));
  return ["coverage:", ...files.map((one) => `  ${describe(one, width)}`)].join("\n");
}

function describe({ file, lines, ran, not_run }: FileCoverage, width: number): string {
  const percent = lines === 0 ? 100 : Math.floor(1000 * ran / lines) / 10;
  const rest = not_run.length === 0 ? "" : `, not run: ${ranges(not_run)}`;
  return `${file.padEnd(width)}  ${percent.toFixed(1)} % (${ran} of ${lines} lines)${rest}`;
}

/** `4, 7-9`. */
function ranges(lines: readonly number[]): string {
  const parts: [first: number, last: number][] = [];
  for (const line of lines) {
    const open = parts.at(-1);
    if (open !== undefined && line === open[1] + 1) open[1] = line;
    else parts.push([line, line]);
  }
  return parts.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
}
