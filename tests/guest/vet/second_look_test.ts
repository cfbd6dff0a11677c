import assert from "node:assert/strict";
import { SOURCES } from "../../../kernel/contract/limits.ts";
import { checkBundle, leftoverImports } from "../../../kernel/guest/vet/mod.ts";

const ALLOWED = ["meta-machine", "kysely", "node:sqlite"];
const END = "\nclass Module {}\n\nexport { Module };\n";

async function reason(code: string): Promise<string> {
  const checked = await checkBundle(code, ALLOWED);
  assert.ok(!checked.ok, `was taken: ${code}`);
  assert.equal(checked.fault.code, "load_failed");
  return checked.fault.message;
}

Deno.test("leftoverImports finds static, dynamic and escaped imports and import.meta with their lines", async () => {
  const code = [
    `import a from "a";`,
    `import/**/b/**/from/**/"\\x62";`,
    `export * from "c";`,
    `export * as d from "d" with { type: "text" };`,
    "`${import('e')} import('no')`;",
    `import /* f */ ( /* f */ "f" );`,
    `import(g + "h");`,
    `import.meta.url; import.defer("i");`,
    `// import "no"`,
    `/import("no")/; "import('no')"; ({ import() {} }).import("no");`,
  ].join("\n");
  assert.deepEqual((await leftoverImports(code)).map(({ specifier, line, dynamic }) => [specifier, line, dynamic]), [
    ["a", 1, false],
    ["b", 2, false],
    ["c", 3, false],
    ["d", 4, false],
    ["e", 5, true],
    ["f", 6, true],
    [`g + "h"`, 7, true],
    ["import.meta", 8, true],
    ["i", 8, true],
  ]);
});

Deno.test("checkBundle takes a bundle in its form with allowed imports only", async () => {
  const bundles = [
    END,
    `import { tool as tool$1, ñ } from 'meta-machine';\nimport * as k from 'kysely';\nimport k2, { catch as c } from 'kysely';\nimport 'node:sqlite';\n${END}`,
    `${END}//# sourceMappingURL=data:application/json;base64,abc/import/export+==\n`,
    "\nclass Module$1 {}\n\nexport { Module$1 as Module };\n",
    `\nconst importance = 1, exports = /impor\\u0074/; class M { #import = exports.impor\\u0074; }${END}`,
  ];
  for (const bundle of bundles) assert.deepEqual(await checkBundle(bundle, ALLOWED), { ok: true, value: undefined });
});

Deno.test("checkBundle refuses a static import that was not granted, and says which are", async () => {
  assert.equal(
    await reason(`import { tool } from 'meta-machine';\nimport fs from 'node:fs';\n${END}`),
    "The module's bundle was refused: it imports 'node:fs'; allowed are meta-machine, kysely, node:sqlite.",
  );
});

Deno.test("checkBundle refuses whatever is no bundle", async () => {
  for (const code of ["", "class Module {}", "export class Module {}", `${END}x`, "export { Module, x };\n"]) {
    assert.match(await reason(code), /it does not end with the export of Module\.$/);
  }
});

// Each is an import for the engine. The marked ones are hidden from the lexer, most behind a division that it takes for a regular expression.
const HIDDEN: readonly (readonly [code: string, seen: string])[] = [
  [`import("node:fs");`, "imports 'node:fs'"],
  [`import.meta.url;`, "imports 'import.meta'"],
  [`import/**/("node:fs");`, "imports 'node:fs'"],
  [`import\n(\n"node:fs")`, "imports 'node:fs'"],
  ["`${import('node:fs')}`", "imports 'node:fs'"],
  ["`${`${import('node:fs')}`}`", "imports 'node:fs'"],
  [`[...import("node:fs")];`, "has the word 'import'"], // hidden: taken for a property
  [`import fs from "node:fs";`, "imports 'node:fs'"],
  [`import { tool } from 'meta-machine';`, "imports 'meta-machine'"],
  [`import fs, * as all from "node:fs" with { type: "text" };`, "imports 'node:fs'"],
  [`import defer * as fs from "node:fs";`, "imports 'node:fs'"],
  [`import source fs from "node:fs";`, "imports 'node:fs'"],
  [`export * from "node:fs";`, "imports 'node:fs'"],
  [`export * as fs from "node:fs";`, "imports 'node:fs'"],
  [`export { default as fs } from "node:fs" with { type: "json" };`, "imports 'node:fs'"],
  [`const é=1;éimport("x")`, "has the word 'import'"],
  [`const a = function () {} / 1; import fs from "node:fs"; 1 / 1;`, "has the word 'import'"], // hidden
  [`const a = async function x() {} / 1; export * from "node:fs"; 1 / 1;`, "has the word 'export'"], // hidden
  [`const a = class extends Object {} / 1; import("node:fs"); 1 / 1;`, "has the word 'import'"], // hidden
];
Deno.test("checkBundle refuses the words import and export anywhere but at the ends of a bundle", async () => {
  for (const [code, seen] of HIDDEN) {
    const found = await reason(`\n${code}${END}`);
    assert.ok(found.includes(`line 2 ${seen}`), `${code}: ${found}`);
  }
});

Deno.test("checkBundle does not need to tell code from texts: the words are refused in these too", async () => {
  for (const code of [`"import('x')";`, "// import 'x'", "/* export */", "/import/;", "`import`;", "a.import();"]) {
    assert.match(await reason(`\n${code}${END}`), /line 2 has the word/);
  }
});

Deno.test("checkBundle refuses lines at the top that are not written as the bundler writes them", async () => {
  for (
    const line of [
      `import { tool } from "meta-machine";`,
      `import { tool } from 'meta-machine' with { type: "text" };`,
      `import { tool } from 'meta-\\x6dachine';`,
      `import defer from 'meta-machine'; import fs from 'node:fs';`,
      `import { "a b" as tool } from 'meta-machine';`,
      ` import { tool } from 'meta-machine';`,
      `import { tool } from 'meta-machine'\n;`,
    ]
  ) assert.match(await reason(`${line}\n${END}`), /line 1 imports '(?:meta-machine|node:fs)'/);
});

Deno.test("checkBundle takes a phase at the top for what it is", async () => {
  assert.match(await reason(`import defer * as a from 'node:fs';\n${END}`), /it imports 'node:fs'/);
});

Deno.test("checkBundle takes the last byte allowed and refuses the next", async () => {
  const filled = (bytes: number) => `/*${" ".repeat(bytes - END.length - 4)}*/${END}`;
  assert.equal((await checkBundle(filled(SOURCES.bundle_bytes), ALLOWED)).ok, true);
  assert.match(await reason(filled(SOURCES.bundle_bytes + 1)), /it has 8388609 bytes; 8388608 are allowed/);
});

Deno.test("checkBundle needs no permission and no evaluation of strings", async () => {
  const root = new URL("../../../", import.meta.url).pathname;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(
      file,
      `import { checkBundle } from ${JSON.stringify(`file://${root}kernel/guest/vet/mod.ts`)};
       console.log((await checkBundle(${JSON.stringify(`\nimport("x")${END}`)}, [])).fault.message);`,
    );
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ..."run --no-prompt --cached-only --no-check --quiet --frozen".split(" "),
        `--config=${root}deno.json`,
        `--lock=${root}deno.lock`,
        "--v8-flags=--disallow-code-generation-from-strings",
        file,
      ],
    }).output();
    assert.match(new TextDecoder().decode(stdout), /line 2 imports 'x'/, new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(file);
  }
});
