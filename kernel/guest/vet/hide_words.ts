/** Writes the words `import` and `export` of a bundle's body so that they mean the same and can't be keywords: `impor\u0074`. */
import { decodeMappings, encodeMappings, type Segment } from "../../primitives/source_map.ts";
import { findWords, readForm } from "./bundle_form.ts";

/**
 * The escape is the same letter in strings, templates, regular expressions and names of properties, which is all that is left of these words
 * when no file has a dynamic import. Templates with a tag would see it (`raw`); inspect_source.ts refuses the words there.
 */
const ESCAPED_T = "\\u0074";

/** Code and mappings with the words hidden; code that is not in a bundle's form is given back as it is. */
export function hideWords(code: string, mappings: string): { readonly code: string; readonly mappings: string } {
  const form = readForm(code);
  const words = form === undefined ? [] : findWords(code.slice(form.start, form.end));
  if (form === undefined || words.length === 0) return { code, mappings };
  const cuts = words.map(({ word, at }) => form.start + at + word.length - 1);
  const pieces = cuts.map((cut, index) => code.slice(index === 0 ? 0 : cuts[index - 1]! + 1, cut) + ESCAPED_T);
  const hidden = pieces.join("") + code.slice(cuts.at(-1)! + 1);
  return { code: hidden, mappings: shiftColumns(code, cuts, mappings) };
}

/** What stands behind a hidden word on its line has moved to the right. */
function shiftColumns(code: string, cuts: readonly number[], mappings: string): string {
  const columns = columnsByLine(code, cuts);
  return encodeMappings(
    decodeMappings(mappings).map((segments, line) => {
      const cutsHere = columns.get(line);
      if (cutsHere === undefined) return segments;
      let before = 0;
      return segments.map((segment): Segment => {
        while (before < cutsHere.length && cutsHere[before]! < segment.column) before++;
        return { ...segment, column: segment.column + before * (ESCAPED_T.length - 1) };
      });
    }),
  );
}

function columnsByLine(code: string, cuts: readonly number[]): Map<number, number[]> {
  const lines = new Map<number, number[]>();
  let line = 0, start = 0;
  let end = code.indexOf("\n");
  for (const cut of cuts) {
    for (; end !== -1 && end < cut; end = code.indexOf("\n", start)) {
      start = end + 1;
      line++;
    }
    const columns = lines.get(line);
    if (columns === undefined) lines.set(line, [cut - start]);
    else columns.push(cut - start);
  }
  return lines;
}
