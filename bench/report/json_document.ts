/** Everything that was measured, each round by itself. */
import { type FiguresTable, ROWS } from "../figures_table.ts";
import type { Machine } from "./machine.ts";
import { COLUMNS } from "./text_table.ts";

export function jsonDocument(
  table: FiguresTable,
  machine: Machine,
  measured: { time: string; quick: boolean },
): string {
  const rows = ROWS.map((row) => ({
    id: row.id,
    says: table.saysOf(row),
    unit: row.unit,
    better: row.better,
    figures: Object.fromEntries(
      COLUMNS.filter((name) => table.median(row.id, name) !== undefined)
        .map((name) => [name, { median: table.median(row.id, name), rounds: table.values(row.id, name) }]),
    ),
    ours_times_worse_than_floor: table.timesWorse(row, "ours", "floor") ?? null,
  })).filter(({ figures }) => Object.keys(figures).length > 0);
  const digits = (_: string, value: unknown) => typeof value === "number" ? Number(value.toPrecision(6)) : value;
  return JSON.stringify({ ...measured, machine, rows, remarks: table.remarks }, digits, 2) + "\n";
}
