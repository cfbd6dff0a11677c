/** Aligned columns for people. Cells hold text that is already safe to show. */
import { type Colour, paint } from "./colour.ts";

export interface Column {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly align?: "right";
}
export type Cell = string | { readonly text: string; readonly colour: Colour };

/** Title line and one line for each row, without blanks at their ends; widths count code points. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly Cell[])[], colour: boolean): string {
  const widths = columns.map((column, index) =>
    Math.max(width(column.title), ...rows.map((row) => width(text(row[index]))))
  );
  const line = (cells: readonly Cell[]) =>
    columns.map((column, index) => {
      const cell = cells[index];
      const gap = " ".repeat((widths[index] ?? 0) - width(text(cell)));
      const shown = typeof cell === "object" ? paint(cell.text, cell.colour, colour) : text(cell);
      const last = index === columns.length - 1;
      return column.align === "right" ? gap + shown : last ? shown : shown + gap;
    }).join("  ").trimEnd();
  const title = paint(line(columns.map((column) => column.title)), "dim", colour);
  return [title, ...rows.map(line)].join("\n");
}

function text(cell: Cell | undefined): string {
  return typeof cell === "object" ? cell.text : cell ?? "";
}
function width(shown: string): number {
  return [...shown].length;
}
