/**
 * Where the names that a bundle imports from outside stand in the author's files. The lines at a bundle's top are the bundler's and have no place in its
 * source map, and there the engine points when a package has no such name.
 */
import type { Mappings, Segment } from "../../primitives/source_map.ts";
import type { Place } from "./author_text.ts";
import { readForm } from "./bundle_form.ts";

/** One name that one of the author's files imports. */
export interface ImportedName {
  readonly specifier: string;
  readonly name: string;
  readonly file: string;
  readonly place: Place;
}

/** The default import behind `import`, or a name in braces. */
const NAME = /(^import |[{,] )([\p{L}\p{N}_$]+)/gu;

/** The mappings of a bundle with a segment for each name in its import lines; `sourceOf` gives a file's number in the map. */
export function mapImports(
  code: string,
  mappings: Mappings,
  imported: readonly ImportedName[],
  sourceOf: (file: string) => number,
): Mappings {
  const specifiers = readForm(code)?.imports ?? [];
  const lines = code.split("\n", specifiers.length);
  const heads = lines.map((line, number) =>
    [...line.matchAll(NAME)].flatMap(({ 1: before, 2: word, index: at }): Segment[] => {
      const name = before === "import " ? "default" : word!;
      const found = imported.find((one) => one.specifier === specifiers[number] && one.name === name);
      if (found === undefined) return [];
      const { file, place } = found;
      return [{
        column: at + before!.length,
        origin: { source: sourceOf(file), line: place.line - 1, column: place.column - 1 },
      }];
    })
  );
  return [...heads, ...mappings.slice(heads.length)];
}
