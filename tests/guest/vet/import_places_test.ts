import assert from "node:assert/strict";
import { mapImports } from "../../../kernel/guest/vet/import_places.ts";

const BUNDLE = `import def, { a, b as b$1 } from 'zod';
import * as all from 'yaml';
import 'kysely';
class Module {}

export { Module };
`;

Deno.test("each name of an import line is mapped to the import that asks for it, and the rest stays", () => {
  const at = (specifier: string, name: string, line: number) => ({
    ...{ specifier, name, file: `${name}.ts`, place: { line, column: 3 } },
  });
  const body = [{ column: 0, origin: { source: 0, line: 9, column: 9 } }];
  const mapped = mapImports(
    BUNDLE,
    [[], [], [], body],
    [at("zod", "b", 2), at("zod", "default", 4), at("yaml", "a", 5)],
    (file) => file.length,
  );
  const origin = (source: number, line: number) => ({ source, line, column: 2 });
  assert.deepEqual(mapped, [
    [{ column: 7, origin: origin(10, 3) }, { column: 17, origin: origin(4, 1) }],
    [],
    [],
    body,
  ]);
});

Deno.test("a text that is no bundle keeps its mappings", () => {
  const mappings = [[{ column: 0 }]];
  assert.deepEqual(mapImports("x", mappings, [], () => 0), mappings);
});
