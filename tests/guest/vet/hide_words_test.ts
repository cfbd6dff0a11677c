import assert from "node:assert/strict";
import { findWords } from "../../../kernel/guest/vet/bundle_form.ts";
import { hideWords } from "../../../kernel/guest/vet/hide_words.ts";
import { decodeMappings, encodeMappings, originOf } from "../../../kernel/primitives/source_map.ts";

const END = "\nclass Module {}\n\nexport { Module };\n";

Deno.test("findWords sees the two words wherever they could be keywords, and nowhere else", () => {
  const words = (text: string) => findWords(text).map(({ word, at }) => [word, at]);
  assert.deepEqual(words(`import("x") ;export*a;"import"+.import`), [["import", 0], ["export", 13], ["import", 23], [
    "import",
    32,
  ]]);
  assert.deepEqual(words("éimport importé \\import\\u0061 \u{1d4d0}import").length, 4);
  assert.deepEqual(words("important reimport $import import$ import_ #import Import im\\u0070ort exports 1import"), []);
});

Deno.test("hideWords leaves imports at the top and the export at the end as they are", () => {
  const code = `import { x } from 'kysely';\n\nx("import");${END}`;
  const hidden = hideWords(code, "").code;
  assert.equal(hidden, `import { x } from 'kysely';\n\nx("impor\\u0074");${END}`);
});

Deno.test("hideWords gives back what has no word to hide, and what is no bundle", () => {
  for (const code of [END, "export const x = 'import';"]) {
    assert.deepEqual(hideWords(code, "AAAA"), { code, mappings: "AAAA" });
  }
});

Deno.test("hideWords moves the columns of what stands behind a word on its line, and no others", () => {
  const code = `\n["import", a, "export", b];\n["x", c];${END}`;
  const columns = (text: string, line: number, name: string) => text.split("\n")[line]!.indexOf(name);
  const at = (line: number, name: string) => {
    const column = columns(code, line, name);
    return { column, origin: { source: 0, line, column } };
  };
  const before = encodeMappings([[], [at(1, `"import`), at(1, "a,"), at(1, `"export`), at(1, "b]")], [at(2, "c")]]);
  const { code: hidden, mappings } = hideWords(code, before);
  for (const [line, name] of [[1, `"impor`], [1, "a,"], [1, `"expor`], [1, "b]"], [2, "c"]] as const) {
    const found = originOf(decodeMappings(mappings), line, columns(hidden, line, name));
    assert.equal(found?.column, columns(code, line, name), name);
  }
});
