/** A check with everything real: the vet cell, the compiler's process, a throw-away cell. */
import assert from "node:assert/strict";
import { renderChecked, runCheck } from "../../../kernel/workbench/mod.ts";
import { makeHome } from "../homes.ts";

const NOTES = `import { type Kernel, tool } from "meta-machine";
export class Module {
  constructor(kernel: Kernel) { void kernel.getApi("database"); }
  getAspect(name: string) {
    if (name === "default") return this;
    return { add: tool({ description: "Adds.", params: { type: "object", properties: { n: { type: "integer" } } }, run: () => 1, readOnly: true }) };
  }
}
`;

async function shown(home: Awaited<ReturnType<typeof makeHome>>, named: string): Promise<string> {
  const found = await runCheck(home, named);
  if (!found.ok) return `${found.fault.code}: ${found.fault.message}`;
  return renderChecked(found.value.checked, found.value.show);
}

Deno.test("a check lists what a module asks for and the tools it offers, without a host", async () => {
  await using home = await makeHome({
    "plugins/notes.ts": NOTES,
    "configs/notes.yml": "grants: {services: [database]}\n",
    "plugins/database.ts": "export class Module {}\n",
    "configs/database.yml": "",
  });
  const text = `notes by configs/notes.yml
asks for:
  services: calls every method of database: its own tables, and those that the service's config lends to it
offers:
  notes_add(n?: integer), says it is read-only: Adds.`;
  for (const named of ["notes", "plugins/notes.ts", `${home.home}/plugins/notes.ts`]) {
    assert.equal(await shown(home, named), text);
  }
});

Deno.test("a check of a module without a config says so", async () => {
  await using home = await makeHome({ "plugins/a/mod.ts": "export class Module {}\n" });
  const text = "a by no config yet: it has all defaults and no grants\nasks for: nothing\noffers: no tools";
  assert.equal(await shown(home, "a"), text);
  assert.equal(await shown(home, "plugins/a/mod.ts"), text);
  assert.equal(await shown(home, "plugins/a"), text);
});

Deno.test("a check shows what the vet refuses with its line and a mark, and types that do not fit", async () => {
  await using home = await makeHome({
    "plugins/a/mod.ts": `export class Module {\n  x = ;\n}\n`,
    "plugins/b.ts": `import fs from "node:fs";\nexport class Module {\n  n: number = "";\n  x = fs;\n}\n`,
  });
  assert.match(
    await shown(home, "a"),
    /^plugins\/a\/mod\.ts:2:7: Expression expected\n {2}2 \| {3}x = ;\n {4}\| {7}\^\n\na by no config yet/,
  );
  const both = await shown(home, "b");
  assert.match(both, /^plugins\/b\.ts:1: import of 'node:fs' is not allowed; use the filesystem service/);
  assert.match(both, /\nplugins\/b\.ts:3:3 - Type 'string' is not assignable to type 'number'\.\n/);
  assert.match(both, /\noffers: it does not load$/);
});

Deno.test("a check tells why a module that needs nothing does not load", async () => {
  await using home = await makeHome({
    "plugins/a.ts": `export class Module { constructor() { throw new Error("no way"); } }\n`,
  });
  assert.match(await shown(home, "a"), /^Module 'a' failed to load: Error: no way\n/);
});

Deno.test("a check names file and line of a syntax error that only the engine finds", async () => {
  await using home = await makeHome({
    "plugins/a.ts": "interface A {\n  n: number;\n}\nexport class Module {\n  go(x: A) { return x.#a; }\n}\n",
  });
  assert.match(await shown(home, "a"), /^Module 'a' failed to load: SyntaxError: [^\n]+ at plugins\/a\.ts:5:\d+\n/);
});

Deno.test("a check does not hold against a module what was taken from it for the check", async () => {
  await using home = await makeHome({
    "plugins/a.ts": `export class Module { constructor() { fetch("http://x"); } }\n`,
    "configs/a.yml": `grants: {net: ["x:80"]}\n`,
  });
  assert.match(await shown(home, "a"), /offers: not known; without what it asks for it failed to load: /);
});

Deno.test("a check takes types of a module's neighbours, also through theirs, and of nothing outside of plugins/", async () => {
  await using home = await makeHome({
    "plugins/catalog.ts":
      `import type { Book } from "./books/mod.ts";\nexport class Module { async *titles(n: number): AsyncGenerator<Book> { for (; n > 0; n--) yield { title: "x" }; } }\n`,
    "plugins/books/mod.ts": `export interface Book { title: string }\nexport class Module {}\n`,
    "outside.ts": "export type Secret = string;\n",
    "plugins/visitor.ts": `import type { Kernel } from "meta-machine";
import type { Module as Catalog } from "./catalog.ts";
export class Module {
  constructor(private kernel: Kernel) {}
  async first(): Promise<string> {
    for await (const { title } of await this.kernel.getApi<Catalog>("catalog").titles(1)) return title;
    return 5;
  }
}
`,
    "plugins/thief.ts": `import type { Secret } from "../outside.ts";\nexport class Module { x: Secret = ""; }\n`,
  });
  const visitor = await shown(home, "visitor");
  assert.match(visitor, /^plugins\/visitor\.ts:7:5 - Type 'number' is not assignable to type 'string'\.\n\nvisitor by/);
  assert.match(await shown(home, "thief"), /Cannot find module '\.\.\/outside\.ts'/);
});

Deno.test("what a file that could not be read might mean is not guessed at", async () => {
  await using home = await makeHome({
    "plugins/a.ts": "export class Module {\n  ask( { return nowhere; }\n  n: number = '';\n}\n",
  });
  assert.doesNotMatch(await shown(home, "a"), /is not there|not assignable/);
});

Deno.test("a check never starts a module's run and gives it no service", async () => {
  await using home = await makeHome({
    "plugins/a.ts": `export class Module { run() { throw new Error("it ran"); } }\n`,
    "configs/a.yml": `grants: {services: [b]}\n`,
    "plugins/b.ts": `export class Module {}\n`,
    "configs/b.yml": "",
  });
  assert.match(await shown(home, "a"), /offers: no tools$/);
});

Deno.test("a check of a module with a wrong config tells its file and line", async () => {
  await using home = await makeHome({
    "plugins/a.ts": "export class Module {}\n",
    "configs/a.yml": "shown: 1\ngrants: {nets: []}\n",
  });
  assert.match(await shown(home, "a"), /^config_invalid: configs\/a\.yml:2: grants/);
});

Deno.test("a check tells what of a config is allowed and seldom meant, and which key a wrong one was meant to be", async () => {
  await using home = await makeHome({
    "plugins/a.ts": "export class Module {}\n",
    "plugins/b.ts": "export class Module {}\n",
    "configs/a.yml": "grants:\n  services: [bb, c/*]\ngrant: {}\n",
    "plugins/bbb.ts": "export class Module {}\n",
    "configs/bbb.yml": "",
    "configs/b.yml": "grants: {service: [a]}\n",
  });
  const text = await shown(home, "a");
  assert.ok(
    text.startsWith(
      `configs/a.yml:3: 'grant' is read as a key of the module's own; was 'grants' meant?
configs/a.yml:2: grants.services: no config of this home claims 'bb'; was 'bbb' meant?
configs/a.yml:2: grants.services: no config of this home claims a name below c/

a by configs/a.yml
`,
    ),
    text,
  );
  const refused = await runCheck(home, "b");
  assert.match(refused.ok ? "" : refused.fault.hint ?? "", /^was services meant\?/);
});

Deno.test("a check of a file that lies elsewhere reads it where it is", async () => {
  await using home = await makeHome();
  await using other = await makeHome({ "x/strange one.ts": NOTES, "y/mod.ts": NOTES });
  assert.match(await shown(home, `${other.home}/x/strange one.ts`), /^strange_one by no config yet/);
  assert.match(await shown(home, `${other.home}/y`), /^y by no config yet[^]*y_add/);
});

Deno.test("a check of a name that nobody has says where it was sought", async () => {
  await using home = await makeHome();
  assert.match(await shown(home, "nope"), /^load_failed: no source for prog 'nope'/);
  assert.match(await shown(home, "/no/such/file.ts"), /^not_found: there is no module '\/no\/such\/file\.ts'/);
});
