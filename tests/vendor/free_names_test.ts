import { rollup } from "@rollup/browser";
import assert from "node:assert/strict";
import { freeNames } from "../../kernel/vendor/free_names.ts";

async function usedIn(code: string): Promise<string[]> {
  let used: readonly string[] = [];
  const bundle = await rollup({
    input: "x",
    onwarn() {},
    treeshake: false,
    plugins: [{
      name: "texts",
      resolveId: (id) => id === "x" ? id : { id, external: true },
      load: () => code,
      transform(text) {
        used = [...freeNames(this.parse(text)).used].sort();
        return null;
      },
    }],
  });
  await bundle.close();
  return [...used];
}

for (
  const [what, code, names] of [
    ["what is read, written and called", "a = b + c(); d.e; new F(); `${g}`; h++;", [
      "F",
      "a",
      "b",
      "c",
      "d",
      "g",
      "h",
    ]],
    ["defaults, computed keys and shorthands", "const { x = a, [b]: y } = {}; ({ c, d: e, [f]: 1 });", [
      "a",
      "b",
      "c",
      "e",
      "f",
    ]],
    ["no names of members, keys and labels", "const o = { a: 1, b() {} }; o.c; l: for (;;) { break l; }", []],
    [
      "no parameters, variables and patterns",
      "function f(a, { b, c: [d] }, ...e) { return a + b + d + e + arguments; } try {} catch (g) { g; }",
      [],
    ],
    [
      "no classes and imports",
      'import x, { y as z } from "m"; import * as n from "m"; class A { p = 1; #q = 2; } x(z, n, A);',
      [],
    ],
    ["nothing that is looked for first", 'if (typeof process !== "undefined") process.exit();', []],
  ] as const
) {
  Deno.test(`freeNames tells ${what}`, async () => assert.deepEqual(await usedIn(code), names));
}
