import assert from "node:assert/strict";
import { vetModule } from "../../../kernel/guest/vet/mod.ts";
import { SOURCES } from "../../../kernel/contract/limits.ts";
import { bundled, evaluated, order, refusal } from "./order.ts";

const MODULE = "export class Module {}";

Deno.test("vetModule turns TypeScript into one text whose only imports are granted ones", async () => {
  const code = await bundled({
    "x.ts": `import { type Config, Kernel, tool } from "meta-machine";
      import { sql as query } from "kysely";
      import * as sqlite from "node:sqlite";
      enum Kind { A = 1 }
      export class Module { constructor(private kernel: Kernel, private config: Config) { tool(query, sqlite, Kind.A); } }`,
  }, { packages: ["kysely"], builtins: ["node:sqlite"] });
  const lines = code.split("\n").filter((line) => line.startsWith("import"));
  assert.deepEqual(lines, [
    "import { tool } from 'meta-machine';",
    "import { sql } from 'kysely';",
    "import * as sqlite from 'node:sqlite';",
  ]);
  assert.match(code, /this\.kernel = kernel/);
});

Deno.test("vetModule bundles a folder with data, texts, re-exports and circles", async () => {
  const code = await bundled({
    "mod.ts": `import data from "./data/d.json" with { type: "json" };
      import text from "./a b.txt" with { type: "text" };
      import { all, q } from "./lib/q.ts";
      export { Module } from "./lib/q.ts";
      export const answer = () => [data, text, q(), all];`,
    "data/d.json": `{"__proto__": {"import": 1}}`,
    "a b.txt": "please import `this`, \\ and ${that}\u2028",
    "lib/q.ts": `export * as all from "./r.js"; import { answer } from "../mod.ts";
      export const q = () => 1; export class Module { answer = answer(); }`,
    "lib/r.js": "const x = 1; export { x as import, x as export }",
  });
  const { Module, ...others } = await evaluated(code);
  assert.deepEqual(Object.keys(others), []);
  const [data, text, q, all] = new Module().answer as [object, string, number, Record<string, number>];
  assert.equal(JSON.stringify(data), `{"__proto__":{"import":1}}`);
  assert.equal(text, "please import `this`, \\ and ${that}\u2028");
  assert.equal(q, 1);
  assert.deepEqual({ ...all }, { import: 1, export: 1 });
});

Deno.test("vetModule keeps the meaning of code that uses the words import and export in every place", async () => {
  const code = await bundled({
    "x.js": String.raw`/* import */ // export
      const o = { import: 1, export: 2, async import2() {}, "import": 3, get export() { return "\import"; } };
      const { import: taken } = o;
      export class Module {
        #import = "private import";
        static export = 4;
        import() { return this.#import; }
        all = [o.import, o.export, o?.import, taken, Module.export, this.import(),
          ${"`import ${'export'} import`"}, /^(?<import>import)[import]$/.exec("importt").groups.import, /\bexport\b/v.test("export"),
          1 / o.import / 1, [..."import"].length, "$import", ${"`${`import`}`"}];
      }`,
  });
  const { Module } = await evaluated(code);
  // deno-fmt-ignore
  assert.deepEqual(new Module().all, [3, "import", 3, 3, 4, "private import", "import export import", "import", true, 1 / 3, 6, "$import", "import"]);
});

Deno.test("vetModule names file, line, import and alternative, for all imports of a file at once", async () => {
  assert.equal(
    await refusal({
      "x.ts": `const a: number = 1;\n\nimport fs from "node:fs";\nimport z from "npm:zod"; fs; z;\n${MODULE}`,
    }),
    `plugin:///tasks/x/x.ts:3: import of 'node:fs' is not allowed; use the filesystem service: kernel.getApi("filesystem")\n` +
      `plugin:///tasks/x/x.ts:4: import of 'npm:zod' is not allowed; add to the module's config: grants: {packages: [zod]}, and import 'zod'`,
  );
});

Deno.test("vetModule names lines of the author's text below enums, comments and types", async () => {
  const text =
    `enum A { B }\ninterface I {\n  a: number;\n}\n// comment\n/** doc */\nexport * from "node:fs";\n${MODULE}`;
  assert.match(await refusal({ "x.ts": text }), /^plugin:\/\/\/tasks\/x\/x\.ts:7: import of 'node:fs'/);
});

Deno.test("vetModule refuses imports of types only where they are used as values", async () => {
  await bundled({
    "x.ts": `import type { A } from "npm:a"; import { B } from "npm:b"; export class Module { a?: A; b?: B }`,
  });
  await refusal({ "x.ts": `import { B } from "npm:b"; export class Module { b = B }` });
  await bundled({ "x.ts": `export {} from "node:fs"; ${MODULE}` });
  await refusal({ "x.js": `export {} from "node:fs"; ${MODULE}` });
});

const FORMS: Record<string, RegExp> = {
  [`import("./a.ts")`]: /^\S+:1: import\(\) is not allowed; write a static import/,
  [`import("kysely")`]: /import\(\) is not allowed/,
  [`import("node:" + "fs")`]: /import\(\) is not allowed/,
  ["import(`node:fs`)"]: /import\(\) is not allowed/,
  [`import("./d.json", { with: { type: "json" } })`]: /import\(\) is not allowed/,
  ["`${import('x')}`"]: /import\(\) is not allowed/,
  [`const a = function () {} / import("node:fs") / 1`]: /import\(\) is not allowed/,
  [`import.defer("kysely")`]: /import\(\) is not allowed/,
  [`import.source("kysely")`]: /import\(\) is not allowed/,
  [`import /* a */ . /* b */ meta.url`]: /import\.meta is not allowed/,
  [`import defer * as a from "kysely"; a`]: /import defer is not allowed; write a plain static import/,
  [`import source a from "kysely"; a`]: /import source is not allowed/,
  [`export * from "kysely"`]: /export \* from 'kysely' is not allowed; name what is exported/,
  [`export * from "node:fs"`]: /import of 'node:fs'/,
  [`export * as fs from "node:fs"`]: /import of 'node:fs'/,
  [`export { readFile } from "node:fs"`]: /import of 'node:fs'/,
  [`import "node:fs"`]: /import of 'node:fs'/,
  [`import {} from "node:fs"`]: /import of 'node:fs'/,
  [`import/**/a/**/from/**/"node:fs"; a`]: /import of 'node:fs'/,
  [`import a from "node:\\x66s"; a`]: /import of 'node:fs'/,
  [`import a from "file:///etc/passwd" with { type: "text" }; a`]: /by a relative path/,
  [`import a from "./d.json" with { type: "bytes" }; a`]: /the only attributes are/,
  [`import a from "./d.json"; a`]: /say how to read it/,
  ["a`import`"]: /the word 'import' in a template with a tag is not allowed/,
  ["String.raw`${1} export`"]: /the word 'export' in a template with a tag/,
  [`@a class B {}`]: /decorators are not allowed/,
};
Deno.test("vetModule refuses every form of import that is no plain static one", async (t) => {
  for (const [form, expected] of Object.entries(FORMS)) {
    for (const entry of ["mod.ts", "mod.js"]) {
      await t.step(`${entry}: ${form}`, async () => {
        const files = { [entry]: `${form};\n${MODULE}`, "a.ts": "", "d.json": "{}" };
        const granted = { entry, packages: ["kysely"] };
        // A folder's entry is always mod.ts; for JavaScript its second file is the one that is looked at.
        const folder = entry === "mod.ts" ? files : { "mod.ts": `export { Module } from "./mod.js";`, ...files };
        assert.match(await refusal(folder, { ...granted, entry: "mod.ts" }), expected);
      });
    }
  }
});

Deno.test("vetModule takes an escaped keyword for the mistake that it is", async () => {
  for (const text of [`im\\u0070ort "node:fs";`, `im\\u0070ort("node:fs");`, `\\u{65}xport * from "node:fs";`]) {
    assert.match(await refusal({ "x.js": text + MODULE }), /^plugin:\/\/\/tasks\/x\/x\.js:1:\d+: /);
  }
});

Deno.test("vetModule leaves require an undefined name", async () => {
  const { Module } = await evaluated(await bundled({ "x.js": `export class Module { type = typeof require; }` }));
  assert.equal(new Module().type, "undefined");
});

Deno.test("vetModule shows a syntax error with line, column and the author's own line", async () => {
  assert.match(
    await refusal({ "x.ts": "const é = 'ünï';\nlet y: = 3;" }),
    /^plugin:\/\/\/tasks\/x\/x\.ts:2:8: Unexpected token `=`\. [^\n]*\n {2}2 \| let y: = 3;\n {4}\| {8}\^$/,
  );
  assert.match(
    await refusal({ "x.js": "const é = 'ünï';\n  const a = {\n}}" }),
    /^plugin:\/\/\/tasks\/x\/x\.js:3:2: [^\n]+\n {2}3 \| \}\}\n {4}\| {2}\^$/,
  );
  assert.match(
    await refusal({ "x.ts": `enum A { B }\nconst q: number = 1;\n\n const q = 2; ${MODULE}` }),
    /^plugin:\/\/\/tasks\/x\/x\.ts:4:8: Identifier "q" has already been declared\n {2}4 \| {2}const q = 2;/,
  );
  assert.match(
    await refusal({ "mod.ts": `\nimport { nothing } from "./a.ts"; nothing;\n${MODULE}`, "a.ts": "" }),
    /^plugin:\/\/\/tasks\/x\/mod\.ts:2:\d+: "nothing" is not exported by "a\.ts"/,
  );
  const long = await refusal({ "x.js": `${" ".repeat(50_000)}\u001b[31m}` });
  assert.ok(long.length < 500);
  assert.ok(!long.includes("\u001b"));
});

Deno.test("vetModule says where a regular expression is none", async () => {
  const text = (pattern: string) =>
    `interface I {\n  a: number;\n}\nexport class Module {\n  a = /a/;\n  b = ${pattern};\n}`;
  assert.match(
    await refusal({ "x.ts": text("/(\\//g") }),
    /^plugin:\/\/\/tasks\/x\/x\.ts:6:7: Invalid regular expression: [^\n]+: Unterminated group\n {2}6 \| {3}b = /,
  );
  assert.match(await refusal({ "x.ts": text("/a/gg") }), /^plugin:\/\/\/tasks\/x\/x\.ts:6:7: [^\n]+ flag/);
});

Deno.test("vetModule says where JSON is none", async () => {
  const text = `import d from "./d.json" with { type: "json" }; export class Module { d = d }`;
  assert.match(await refusal({ "mod.ts": text, "d.json": "{,}" }), /^plugin:\/\/\/tasks\/x\/d\.json: is no JSON: /);
});

Deno.test("vetModule refuses a source that exports no class named Module", async () => {
  const none = "plugin:///tasks/x/x.ts: exports no class named Module";
  assert.equal(await refusal({ "x.ts": "" }), none);
  assert.equal(await refusal({ "x.ts": "class Module {}" }), none);
  assert.equal(await refusal({ "x.ts": "export default class Module {}" }), none);
  assert.equal(await refusal({ "x.ts": "export interface Module {}" }), none);
  assert.equal(
    await refusal({ "x.ts": "export class Kernel {}" }),
    `${none}; it exports Kernel, which is a kernel's class and never a module's: call the class Module`,
  );
  for (const text of [`export { Module } from "kysely"`, `import { Module } from "kysely"; export { Module };`]) {
    assert.match(
      await refusal({ "x.ts": text }, { packages: ["kysely"] }),
      /^plugin:\/\/\/tasks\/x\/x\.ts: the class Module has to be written in the module's own files$/,
    );
  }
});

Deno.test("vetModule allows top-level await and everything that is not an import", async () => {
  const { Module } = await evaluated(
    await bundled({ "x.ts": `const a = await Promise.resolve(5); export class Module { a: number = a }` }),
  );
  assert.equal(new Module().a, 5);
});

Deno.test("vetModule refuses a bundle above its bound and takes one below", async () => {
  const text = (bytes: number) => `export class Module { s = "${"y".repeat(bytes)}" }`;
  const small = await vetModule(order({ "x.js": text(SOURCES.bundle_bytes - 1_000) }));
  assert.ok(small.ok && small.value.code.length <= SOURCES.bundle_bytes);
  assert.match(
    await refusal({ "x.js": text(SOURCES.bundle_bytes / 2).replaceAll("y", "é") }),
    /it has \d+ bytes; 8388608 are allowed/,
  );
});
