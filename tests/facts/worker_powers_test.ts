/** What a Worker with `permissions: "none"` can and cannot do by itself: each line of docs/security.md's lockdown stands against one of these. */
import assert from "node:assert/strict";
import { runSnippet, withFolder } from "./run_snippet.ts";

const FLAGS = ["--unstable-worker-options", "--unstable-kv"];

/** What the Worker posts: each probe's value, or the name of its error. */
async function inWorker(
  probes: Readonly<Record<string, string>>,
  { flags = [], head = "" }: { flags?: readonly string[]; head?: string } = {},
): Promise<Record<string, unknown>> {
  let said: Record<string, unknown> = {};
  await withFolder(async (folder) => {
    const tries = Object.entries(probes).map(([name, code]) =>
      `try { said.${name} = await (async () => (${code}))(); } catch (error) { said.${name} = error.name; }`
    );
    await Deno.writeTextFile(
      `${folder}/worker.ts`,
      `${head.replaceAll("FOLDER", folder)}\nconst said = {};\n${
        tries.join("\n").replaceAll("FOLDER", folder)
      }\npostMessage(said);`,
    );
    await Deno.writeTextFile(`${folder}/secret.txt`, "secret");
    const code = `
      const worker = new Worker(new URL("file://${folder}/worker.ts"), { type: "module", deno: { permissions: "none" } });
      worker.onerror = (event) => { event.preventDefault(); console.log(JSON.stringify({ failed: event.message })); Deno.exit(0); };
      worker.onmessage = ({ data }) => { console.log(JSON.stringify(data)); Deno.exit(0); };`;
    const { lines, stderr } = await runSnippet({ flags: [...FLAGS, "--allow-read", ...flags], code, folder });
    assert.ok(lines[0], stderr);
    said = JSON.parse(lines[0]);
  });
  return said;
}

Deno.test("files, network, environment, programs, system and libraries are denied to it, and more cannot be asked for", async () => {
  assert.deepEqual(
    await inWorker({
      read: `Deno.readTextFileSync("FOLDER/secret.txt")`,
      node_read: `(await import("node:fs")).readFileSync("FOLDER/secret.txt", "utf8")`,
      write: `Deno.writeTextFileSync("FOLDER/x", "x")`,
      listen: `Deno.listen({ port: 0 }).addr.port`,
      connect: `(await Deno.connect({ port: 1 })).close()`,
      env: `Deno.env.get("HOME")`,
      run: `new Deno.Command(Deno.execPath()).outputSync().code`,
      sys: `Deno.hostname()`,
      ffi: `Deno.dlopen("FOLDER/x.so", {})`,
      kill: `Deno.kill(Deno.ppid, "SIGCONT")`,
      more: `(await Deno.permissions.request({ name: "read" })).state`,
      computed: `(await import("FOLDER/secret" + ".txt", { with: { type: "text" } })).default`,
    }),
    {
      ...{
        read: "NotCapable",
        node_read: "NotCapable",
        write: "NotCapable",
        listen: "NotCapable",
        connect: "NotCapable",
      },
      ...{ env: "NotCapable", run: "NotCapable", sys: "NotCapable", ffi: "NotCapable", kill: "NotCapable" },
      ...{ more: "denied", computed: "TypeError" },
    },
  );
});

Deno.test("SQLite is there for it in memory, and neither opens nor attaches a file", async () => {
  const open = `new (await import("node:sqlite")).DatabaseSync`;
  const said = await inWorker({
    memory: `${open}(":memory:").prepare("select 1 as n").get().n`,
    file: `${open}("FOLDER/x.db").prepare("select 1").get()`,
    attach: `${open}(":memory:").exec("attach 'FOLDER/x.db' as other; create table other.t(x)") ?? "attached"`,
  });
  assert.equal(said["memory"], 1);
  assert.equal(said["file"], "NotCapable");
  assert.notEqual(said["attach"], "attached");
});

Deno.test("a static import of a text in its entry module is read with its parent's permissions", async () => {
  const head = `import text from "file://FOLDER/secret.txt" with { type: "text" };`;
  assert.deepEqual(await inWorker({ text: "text" }, { head, flags: ["--unstable-raw-imports"] }), { text: "secret" });
});

Deno.test("every node: module loads in it, those that kill, evaluate and make Workers too", async () => {
  const names = ["process", "vm", "v8", "worker_threads", "module", "child_process", "inspector", "async_hooks", "fs"];
  const said = await inWorker(Object.fromEntries(names.map((name) => [name, `typeof await import("node:${name}")`])));
  assert.deepEqual(Object.entries(said).filter(([, loaded]) => loaded !== "object"), []);
});

Deno.test("these powers are there without any permission, so that the lockdown must take them", async () => {
  const said = await inWorker({
    channel: `typeof new BroadcastChannel("x").postMessage`,
    locks: `typeof navigator.locks?.request`,
    caches: `typeof caches.open`,
    worker: `typeof new Worker("data:text/javascript,", { type: "module" }).terminate`,
    pid: `typeof Deno.pid`,
    args: `Array.isArray(Deno.args)`,
    stdin: `typeof Deno.stdin.readSync`,
    shared: `new SharedArrayBuffer(8).byteLength`,
    wasm: `typeof new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))`,
  });
  assert.deepEqual(said, {
    ...{ channel: "function", caches: "function", worker: "function", pid: "number", args: true, stdin: "function" },
    ...{ shared: 8, wasm: "object", locks: said["locks"] },
  });
});

Deno.test("the flag against code from strings leaves node:vm and data: imports open", async () => {
  const said = await inWorker({
    eval_: `eval("1 + 1")`,
    vm: `(await import("node:vm")).runInThisContext("1 + 1")`,
    data: `(await import("data:text/javascript,export default 2")).default`,
  }, { flags: ["--v8-flags=--disallow-code-generation-from-strings"] });
  assert.deepEqual(said, { eval_: "EvalError", vm: 2, data: 2 });
});

Deno.test("a resolve hook sees what is imported after it was registered: dynamic imports, and static ones of modules that come later", async () => {
  const said = await inWorker({
    hooked: `(async () => {
      const { registerHooks } = await import("node:module");
      const seen = [];
      registerHooks({ resolve(specifier, context, next) { seen.push(specifier); return next(specifier, context); } });
      await import("node:path");
      await import("data:text/javascript,import 'node:os';");
      return seen.filter((name) => name.startsWith("node:"));
    })()`,
  });
  assert.deepEqual(said, { hooked: ["node:path", "node:os"] });
});
