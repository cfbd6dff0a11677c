import assert from "node:assert/strict";
import { GLOBAL_NAMES } from "../../../kernel/guest/mod.ts";
import { checkTypes } from "../../../kernel/workbench/types/check_types.ts";
import type { TypeOrder } from "../../../kernel/workbench/types/type_order.ts";
import { typeSources } from "../../../kernel/workbench/types/type_sources.ts";
import { NO_GRANTS } from "../../../kernel/config/mod.ts";
import type { Grants } from "../../../kernel/contract/spec.ts";
import { PROGRAM } from "../../docs/code_blocks.ts";

/** The lines `file:line:column message` that the compiler has against these files, the first of which is the entry. */
function problems(files: Record<string, string>, grants: Partial<Grants> = {}): string[] {
  const { known } = typeSources({ ...NO_GRANTS, ...grants }, PROGRAM);
  const order: TypeOrder = {
    ...known,
    entry: Object.keys(files)[0]!,
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
  };
  return checkTypes(order).problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
}

const wrap = (body: string, head = "") => `${head}export class Module {\n  async x() {\n    ${body}\n  }\n}\n`;

Deno.test("checkTypes has nothing against a module with a tool, a handle, JSON and a text", () => {
  const found = problems({
    "mod.ts": `import { type Config, type Kernel, tool } from "meta-machine";
import { twice } from "./twice.ts";
import data from "./data.json" with { type: "json" };
import text from "./a.txt" with { type: "text" };
export class Module {
  constructor(private kernel: Kernel, private config: Config) {}
  async ask(): Promise<number> { return twice(await this.kernel.getApi<{ n(): number }>("b").n()) + data.n + text.length + this.config.get("n", 1); }
  getAspect() { return { x: tool<{ n: number }>({ description: "x", run: ({ n }) => n.toFixed() }) }; }
}`,
    "twice.ts": "export const twice = (n: number): number => 2 * n;\n",
    "data.json": `{"n": 1}`,
    "a.txt": "hello",
  });
  assert.deepEqual(found, []);
});

Deno.test("checkTypes tells file, line and column of what is wrong, in each file that is imported", () => {
  const found = problems({
    "mod.ts": `import { a } from "./a.ts";\nexport class Module {\n  n: number = a;\n}\n`,
    "a.ts": `export const a: string = 1;\n`,
    "unused.ts": `const x: string = 1;`,
  });
  assert.deepEqual(found, [
    "mod.ts:3:3 Type 'string' is not assignable to type 'number'.",
    "a.ts:1:14 Type 'number' is not assignable to type 'string'.",
  ]);
});

Deno.test("checkTypes refuses a handle's method with wrong arguments, and a tool's params of another type", () => {
  const head = `import { type Kernel, tool } from "meta-machine"; declare const kernel: Kernel;\n`;
  const [call, run] = problems({
    "m.ts": wrap(
      `await kernel.getApi<{ add(n: number): void }>("b").add("x");\n    tool<{ n: number }>({ description: "", run: ({ n }) => n.length });`,
      head,
    ),
  });
  assert.match(call!, /^m\.ts:4:60 Argument of type 'string'/);
  assert.match(run!, /^m\.ts:5:62 Property 'length' does not exist on type 'number'/);
});

Deno.test("checkTypes knows which globals a module has: grants bring fetch and WebAssembly", () => {
  const body =
    `fetch("http://x"); WebAssembly.validate(new Uint8Array()); new URL("a:b"); setTimeout(() => {}, 1); crypto.randomUUID();`;
  assert.deepEqual(problems({ "m.ts": wrap(body) }), [
    `m.ts:3:5 'fetch' is not there without a grant; add to the config: grants: {net: ["example.com:443"]}`,
    "m.ts:3:24 'WebAssembly' is not there without a grant; add to the config: grants: {wasm: true}",
  ]);
  assert.deepEqual(problems({ "m.ts": wrap(body) }, { net: ["x:80"], wasm: true }), []);
});

Deno.test("checkTypes says of names of Deno, Node and pages that they are not there", () => {
  const body = `Deno.exit(); process.env; document.title; new Worker("x"); eval("1"); new SharedArrayBuffer(1);`;
  const names = problems({ "m.ts": wrap(body) }).map((line) => /'(\w+)' is not there/.exec(line)?.[1]);
  assert.deepEqual(names, ["Deno", "process", "document", "Worker", "eval", "SharedArrayBuffer"]);
});

Deno.test("checkTypes lets a module use the names of foreign globals as its own, and as types", () => {
  const body =
    `const fetch = (n: number) => n; const o = { Worker: 1, eval: 2 }; let w: Worker | undefined; return [fetch(1), o.Worker, o.eval, w];`;
  assert.deepEqual(problems({ "m.ts": wrap(body) }), []);
});

Deno.test("checkTypes knows every global that a module has", () => {
  const names = GLOBAL_NAMES.filter((name) => !["undefined", "globalThis"].includes(name));
  assert.deepEqual(problems({ "m.ts": wrap(`return [${names.join(", ")}, globalThis];`) }), []);
});

Deno.test("checkTypes has the types of granted packages, and lets builtins be anything", () => {
  const code =
    `import { z } from "zod"; import { DatabaseSync, type StatementSync } from "node:sqlite"; import { read } from "files";
export class Module {
  db: DatabaseSync = new DatabaseSync(":memory:");
  all(statement: StatementSync) { const n: number = z.object({ a: z.string() }).parse({}).a; return [statement.all(), n]; }
  async text() { const text: number = await read("a", { as: "text" }); return text; }
}`;
  assert.deepEqual(problems({ "m.ts": code }, { packages: ["zod"], builtins: ["node:sqlite", "files"] }), [
    "m.ts:4:41 Type 'string' is not assignable to type 'number'.",
    "m.ts:5:24 Type 'string' is not assignable to type 'number'.",
  ]);
});

Deno.test("checkTypes has the types of a door that goes with a granted package, down to the package's own", () => {
  const code = `import type { Kernel } from "meta-machine";
import { type Kysely, openKysely } from "meta-machine/kysely";
export class Module {
  db: Kysely<{ notes: { text: string } }>;
  constructor(kernel: Kernel) { this.db = openKysely(kernel.getApi("database")); }
  async first(): Promise<number> { return (await this.db.selectFrom("notes").select("text").executeTakeFirstOrThrow()).text; }
}`;
  assert.deepEqual(problems({ "m.ts": code }, { packages: ["kysely"] }), [
    "m.ts:6:36 Type 'string' is not assignable to type 'number'.",
  ]);
  assert.match(problems({ "m.ts": code })[0]!, /Cannot find module 'meta-machine\/kysely'/);
});

Deno.test("checkTypes has the types of meta-machine/bracket, which needs no grant", () => {
  const code = `import { readTurn } from "meta-machine/bracket";
export class Module {
  calls(text: string): number[] { return readTurn(text).flatMap(({ calls }) => calls.map(({ call }) => call)); }
}`;
  assert.deepEqual(problems({ "m.ts": code }), [
    "m.ts:3:35 Type 'string[]' is not assignable to type 'number[]'.\n  Type 'string' is not assignable to type 'number'.",
  ]);
});

Deno.test("checkTypes tells at its constructor when a host could not make the class", () => {
  assert.deepEqual(problems({ "m.ts": "export class Module {\n  constructor(name: string) {}\n}\n" }), [
    "m.ts:2:3 a host makes it by new Module(kernel: Kernel, config: Config)\nTypes of parameters 'name' and 'kernel' are incompatible.\nType 'Kernel' is not assignable to type 'string'.",
  ]);
  for (const params of ["", "private k: unknown", "kernel: Kernel, config: Config"]) {
    const code =
      `import type { Config, Kernel } from "meta-machine";\nexport class Module {\n  constructor(${params}) {}\n}\n`;
    assert.deepEqual(problems({ "m.ts": code }), [], params);
  }
});

Deno.test("checkTypes finds syntax errors in JavaScript, and leaves its types alone", () => {
  assert.deepEqual(problems({ "m.js": "export class Module { add(a) { return a.b.c; } }" }), []);
  assert.match(problems({ "m.js": "export class Module { add( }" })[0]!, /^m\.js:1:23 /);
});
