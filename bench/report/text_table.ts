/** The table as text: medians of the rounds, and how ours stands to the floor and to the best peer. */
import { type FiguresTable, type Row, type RowId, ROWS } from "../figures_table.ts";
import type { ContenderName } from "../contender.ts";

export const PEER_NAMES = ["comlink", "capnweb", "http-worker"] as const satisfies readonly ContenderName[];
export const COLUMNS: readonly ContenderName[] = ["ours", "floor", ...PEER_NAMES];

export function textTable(table: FiguresTable): string {
  const lines = [["median", "", ...COLUMNS, "ours : floor", "ours : best peer"]];
  for (const row of ROWS) {
    if (!COLUMNS.some((name) => table.median(row.id, name) !== undefined)) continue;
    lines.push([
      table.saysOf(row),
      row.unit,
      ...COLUMNS.map((name) => round(table.median(row.id, name))),
      times(table.timesWorse(row, "ours", "floor")),
      times(againstBestPeer(table, row)),
    ]);
  }
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const text = lines.map((line) =>
    line.map((cell, column) => column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)).join("  ")
      .trimEnd()
  );
  return text.join("\n") + "\n";
}

/** How many times worse ours is than the peer that is best in this row. */
export function againstBestPeer(table: FiguresTable, row: Row & { id: RowId }): number | undefined {
  const all = PEER_NAMES.map((name) => table.timesWorse(row, "ours", name)).filter((found) => found !== undefined);
  return all.length === 0 ? undefined : Math.max(...all);
}

/** Three digits; more would be noise. */
export function round(value: number | undefined): string {
  if (value === undefined) return "–";
  if (Math.abs(value) < 100) return String(Number(value.toPrecision(3)));
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  return (Math.round(value / step) * step).toLocaleString("en");
}

/** How many times worse. */
export function times(factor: number | undefined): string {
  return factor === undefined ? "–" : `${Number(factor.toPrecision(2))} ×`;
}
