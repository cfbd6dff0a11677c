import assert from "node:assert/strict";
import { flattenDeclarations } from "../../kernel/vendor/flatten_declarations.ts";

function flat(files: Record<string, string>, doors: Record<string, string> = {}): string {
  return flattenDeclarations({
    files: new Map(Object.entries(files)),
    entry: "/mod.ts",
    doors: new Map(Object.entries(doors)),
  });
}

Deno.test("flattenDeclarations takes what is exported and what that mentions, with its comments, and nothing else", () => {
  const text = flat({
    "/mod.ts": `export { make } from "./make.ts";\nexport type { Shape } from "./shape.ts";\n`,
    "/make.ts":
      `import type { Shape } from "./shape.ts";\n/** Makes one. */\nexport declare function make(shape: Shape): Made;\ninterface Made { readonly unused: string; }\nexport declare const other: number;\n`,
    "/shape.ts":
      `/** A shape. */\nexport interface Shape { readonly sides: Sides; }\ntype Sides = number;\nexport type Unused = string;\n`,
  });
  assert.equal(
    text,
    `type Sides = number;
/** A shape. */
interface Shape { readonly sides: Sides; }
interface Made { readonly unused: string; }
/** Makes one. */
declare function make(shape: Shape): Made;
export { Shape, make };
`,
  );
});

Deno.test("flattenDeclarations takes all overloads, and does not take a property's name for a mention", () => {
  const text = flat({
    "/mod.ts":
      `export declare function f(a: string): void;\nexport declare function f(a: number): A;\ninterface A { readonly g: string; }\ndeclare const g: string;\n`,
  });
  assert.match(text, /f\(a: string\)[^]*f\(a: number\)/);
  assert.doesNotMatch(text, /const g/);
});

Deno.test("flattenDeclarations imports what another door declares", () => {
  const files = {
    "/mod.ts": `import type { Kernel } from "./inner.ts";\nexport declare function f(kernel: Kernel): void;\n`,
    "/inner.ts": `export type { Kernel } from "./sdk.ts";\n`,
  };
  assert.match(flat(files, { "/sdk.ts": "meta-machine" }), /^import \{ Kernel \} from "meta-machine";\n/);
});

Deno.test("flattenDeclarations imports what a package declares, and exports it again", () => {
  const files = {
    "/mod.ts": `export { sql } from "kysely";\nexport { run } from "./run.ts";\n`,
    "/run.ts": `import { Kysely } from "kysely";\nexport declare function run(db: Kysely): void;\n`,
  };
  assert.equal(
    flat(files),
    `import { Kysely, sql } from "kysely";\ndeclare function run(db: Kysely): void;\nexport { run, sql };\n`,
  );
});

Deno.test("flattenDeclarations refuses what it would have to rename", () => {
  assert.throws(
    () =>
      flat({
        "/mod.ts": `import { A as B } from "./a.ts";\nexport interface C extends B {}\n`,
        "/a.ts": "export interface A {}\n",
      }),
    /imports 'A' as 'B': give it one name/,
  );
  assert.throws(
    () =>
      flat({
        "/mod.ts": `import { A } from "./a.ts";\nexport interface C extends A, D {}\ninterface D {}\n`,
        "/a.ts": "interface D {}\nexport interface A { d: D }\n",
      }),
    /'D' is declared by \/a\.ts and \/mod\.ts: rename one/,
  );
});
