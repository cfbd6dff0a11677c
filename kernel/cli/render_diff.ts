/** What changes in a file, for a person to read before he says yes: no character of it does anything to his terminal. */
import { structuredPatch } from "diff";
import { paint } from "./colour.ts";
import { safeLine } from "./safe_text.ts";

/** Lines around a change. */
const CONTEXT = 3;

export function renderDiff(
  file: string,
  before: string | undefined,
  after: string | undefined,
  colour: boolean,
): string {
  const what = before === undefined ? " (new)" : after === undefined ? " (goes)" : "";
  const { hunks } = structuredPatch(file, file, before ?? "", after ?? "", undefined, undefined, { context: CONTEXT });
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    paint(`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, "cyan", colour),
    ...lines.map((line) => renderLine(line, colour)),
  ]);
  return [paint(`${safeLine(file)}${what}`, "bold", colour), ...(lines.length === 0 ? ["no difference"] : lines)].join(
    "\n",
  );
}

function renderLine(line: string, colour: boolean): string {
  const shown = line.charAt(0) + safeLine(line.slice(1));
  return paint(shown, line.startsWith("+") ? "green" : line.startsWith("-") ? "red" : undefined, colour);
}
