/** Where something stands in the author's own text, and how to say so. */
import { pluginUrl } from "../../loader/mod.ts";
import { decodeMappings, type Mappings, originOf } from "../../primitives/source_map.ts";

/** Lines and columns count from 1, as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const SHOWN = 120;

/** The place of an offset in the code that was made of the text; without mappings the code is the text. */
export function placeOf(code: string, offset: number, mappings: string | undefined): Place {
  return placeIn(code, mappings === undefined ? undefined : decodeMappings(mappings))(offset);
}

/** The same for many offsets in one code. */
export function placeIn(code: string, lines: Mappings | undefined): (offset: number) => Place {
  return (offset) => place(code, offset, lines);
}

function place(code: string, offset: number, lines: Mappings | undefined): Place {
  const before = code.slice(0, Math.max(0, offset));
  const line = before.split("\n").length - 1;
  const column = before.length - (before.lastIndexOf("\n") + 1);
  if (lines === undefined) return { line: line + 1, column: column + 1 };
  // Text that the stripper made up has no origin: the nearest line above that has one is the best there is.
  for (let near = line; near >= 0; near--) {
    const origin = near === line ? originOf(lines, line, column) : lines[near]?.at(-1)?.origin;
    if (origin !== undefined) return { line: origin.line + 1, column: origin.column + 1 };
  }
  return { line: 1, column: 1 };
}

/** `plugin:///api/file:3: what is wrong`; the kernel puts the real path there. */
export function complaint(api: string, file: string, line: number | undefined, what: string): string {
  return `${pluginUrl(api, file)}${line === undefined ? "" : `:${line}`}: ${what}`;
}

/** The same with a column, and below it the author's line with a mark under the place. */
export function markedComplaint(
  api: string,
  file: string,
  text: string,
  { line, column }: Place,
  what: string,
): string {
  const from = Math.max(0, column - 1 - SHOWN / 2);
  const shown = (text.split("\n")[line - 1] ?? "").slice(from, from + SHOWN).replace(/\p{Cc}/gu, " ");
  const margin = `  ${line} | `;
  const mark = " ".repeat(Math.min(column - 1 - from, shown.length));
  return `${complaint(api, file, line, "").slice(0, -2)}:${column}: ${what}\n${margin}${shown}\n${
    " ".repeat(margin.length - 2)
  }| ${mark}^`;
}
