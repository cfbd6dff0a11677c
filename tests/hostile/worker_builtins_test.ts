import assert from "node:assert/strict";
import { beginWorker, startWorker } from "../guest/worker/start_worker.ts";
import { PRELUDE, WALK } from "../guest/worker/walk.ts";

/** What a builtin brings along by itself, as the operator who grants it knows; bounded by the Worker's permissions. */
const OWN: Record<string, RegExp> = {
  "node:util": /^builtin\.types\.is[A-Za-z]+ is core\.is/,
  "node:buffer": /^builtin\.Buffer is Buffer$/,
  "node:net": /is (?:node:net|node:tls)(?:\.|$)/,
  "node:tls": /is (?:node:net|node:tls)(?:\.|$)/,
};
const PURE = [
  "node:sqlite",
  "node:crypto",
  "node:events",
  "node:util",
  "node:stream",
  "node:buffer",
  "node:dns",
  "node:net",
  "node:tls",
];

for (const name of PURE) {
  Deno.test(`a granted ${name} leads to no other power`, async () => {
    await using worker = await startWorker(
      `import * as builtin from ${JSON.stringify(`lib:${name}`)};\n${WALK}
      export class Module { walk() { const made = [];
        if (builtin.DatabaseSync) { const db = new builtin.DatabaseSync(":memory:"); made.push(db, db.prepare("select 1")); }
        if (builtin.EventEmitter) made.push(new builtin.EventEmitter());
        return walk({ builtin, made }); } }`,
      { prelude: PRELUDE, builtins: [name] },
    );
    const { hits, seen } = await worker.value("walk") as { hits: string[]; seen: number };
    assert.deepEqual(hits.filter((hit) => !OWN[name]?.test(hit)), []);
    assert.ok(seen > 20);
  });
}

Deno.test("a builtin that is not on the closed list is refused by name", async () => {
  for (
    const name of [
      "node:process",
      "node:fs",
      "node:module",
      "node:vm",
      "node:v8",
      "node:worker_threads",
      "node:child_process",
      "node:inspector",
      "npm:zod",
    ]
  ) {
    await using worker = await beginWorker("export class Module {}", { builtins: [name] });
    const { fault } = await worker.next("failed");
    assert.match(fault.message, new RegExp(`'${name}' is no builtin that can be granted`));
  }
});

Deno.test("serve answers at the granted address and at no other", async () => {
  await using worker = await startWorker(
    `import { addresses, serve } from "serve";
    export class Module {
      start(options) { const s = serve((r) => new Response("hi " + new URL(r.url).pathname), options); this.stop = () => s.shutdown(); return s.port; }
      async end() { await this.stop(); }
      granted() { try { addresses.push("0.0.0.0:1"); } catch { /* as it should */ } return [...addresses]; }
      refused() { try { serve(() => new Response(), { listen: "127.0.0.1:1" }); } catch (e) { return e.message; } }
      passed() { try { const s = serve(() => new Response(), { hostname: "0.0.0.0", port: 1, path: "/tmp/x" }); const { port } = s; s.shutdown(); return port > 1; } catch (e) { return e.message; } }
    }`,
    {
      builtins: ["serve"],
      listen: ["127.0.0.1:0"],
      permissions: {
        net: ["127.0.0.1:0"],
        read: false,
        write: false,
        env: false,
        run: false,
        ffi: false,
        sys: false,
        import: false,
      },
    },
  );
  const port = await worker.value("start");
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/x`)).text(), "hi /x");
  assert.equal(worker.heard.some((m) => m.t === "awake"), true);
  assert.deepEqual(await worker.value("granted"), ["127.0.0.1:0"]);
  assert.equal(await worker.value("refused"), "serve: grants.listen does not name this address");
  assert.equal(await worker.value("passed"), true);
  await worker.value("end");
});
