import type { TypeProblem } from "./type_order.ts";

const SHOWN = 120;

/** A problem with the author's own line below it, and a mark under the place. Not yet safe to show. */
export function markProblem({ line, column, message }: TypeProblem, path: string, text: string | undefined): string {
  const said = `${path}:${line}:${column} - ${message.replaceAll("\n", "\n    ")}`;
  const source = text?.split("\n")[line - 1];
  if (source === undefined) return said;
  const from = Math.max(0, column - 1 - SHOWN / 2);
  const margin = `  ${line} | `;
  const mark = `${" ".repeat(margin.length - 2)}| ${" ".repeat(column - 1 - from)}^`;
  return `${said}\n${margin}${source.slice(from, from + SHOWN).replaceAll("\t", " ")}\n${mark}`;
}
