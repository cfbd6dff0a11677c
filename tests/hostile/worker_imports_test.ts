import assert from "node:assert/strict";
import { beginWorker, startWorker } from "../guest/worker/start_worker.ts";

const SPECIFIERS = [
  ...[
    "node:fs",
    "fs",
    "node:process",
    "node:vm",
    "node:worker_threads",
    "node:module",
    "node:child_process",
    "node:v8",
    "node:inspector",
    "node:async_hooks",
    "node:sqlite",
  ],
  ...[
    "file:///etc/passwd",
    "/etc/passwd",
    "./x.ts",
    "../x.ts",
    "",
    ".",
    "npm:zod",
    "jsr:@std/path",
    "https://example.com/x.js",
    "http://127.0.0.1/x.js",
  ],
  ...[
    "data:text/javascript,export default 1",
    "blob:null/1",
    "ext:core/ops",
    "ext:core/mod.js",
    "internal:core",
    "cloudflare:sockets",
    "bun:ffi",
  ],
  ...[
    "zod",
    "lib:zod",
    "files",
    "serve",
    "lib:files",
    "meta-machine",
    "lib:meta-machine",
    "lib:validator",
    "validator",
    "plugin:///notes",
    "plugin:///other",
    "\0take",
    "__proto__",
    "constructor",
  ],
];

Deno.test("nothing can be imported by a running module, with whatever attributes", async () => {
  await using worker = await startWorker(`export class Module {
    async go(specifiers) {
      const got = [];
      for (const specifier of specifiers) for (const options of [undefined, { with: { type: "text" } }, { with: { type: "json" } }, { with: { type: "bytes" } }]) {
        try { const module = await import(specifier, options); got.push(specifier + " gave " + Object.keys(module)); } catch (e) { if (!/not allowed|attribute/i.test(e.message)) got.push(specifier + ": " + e.message); }
      }
      return got;
    }
    meta() { return Object.getOwnPropertyNames(import.meta).sort(); }
  }`);
  assert.deepEqual(await worker.value("go", [SPECIFIERS]), []);
  assert.deepEqual(await worker.value("meta"), ["main", "resolve", "url"]);
});

Deno.test("the way in for the validator lets nothing else in while it is open", async () => {
  await using worker = await startWorker(`import { tool } from "meta-machine";
  export class Module {
    got = [];
    async go() { for (let i = 0; i < 200; i++) { for (const s of ["node:fs", "lib:meta-machine", "plugin:///notes", "lib:kysely"]) try { await import(s); this.got.push(s); } catch {} } return this.got; }
    getAspect(name) { if (name === "default") return this; return { t: tool({ description: "x", run: () => 1 }) }; }
  }`);
  const tries = worker.value("go");
  assert.equal(await worker.value("t", [{}], { aspect: "tool" }), 1);
  assert.deepEqual(await tries, []);
});

Deno.test("static imports of what was not handed in fail the load", async () => {
  for (
    const specifier of [
      "file:///etc/passwd",
      "npm:zod",
      "https://example.com/x.js",
      "data:text/javascript,export default 1",
      "lib:files",
      "./x.ts",
      "zod",
    ]
  ) {
    await using worker = await beginWorker("", {
      raw: `import x from ${JSON.stringify(specifier)}; export class Module {}`,
    });
    const { phase, fault } = await worker.next("failed");
    assert.equal(phase, "load");
    assert.match(fault.message, /is not allowed/, specifier);
  }
});
