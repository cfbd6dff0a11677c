import assert from "node:assert/strict";
import { parseConfig } from "../../../kernel/config/mod.ts";
import { explainGrants } from "../../../kernel/workbench/check/explain_grants.ts";

function explained(grants: string): string[] {
  const parsed = parseConfig({ file: "configs/x.yml", text: `grants: ${grants}\n` });
  assert.ok(parsed.ok, parsed.ok ? "" : parsed.rejection.fault.message);
  return explainGrants(parsed.spec.grants).map(({ grant, what, why }) => `${grant}: ${what}: ${why}`);
}

Deno.test("explainGrants has nothing to say of a module without grants", () => {
  assert.deepEqual(explained("{}"), []);
});

Deno.test("explainGrants says one line for each entry, ways out of the host first", () => {
  assert.deepEqual(
    explained(
      `{services: [database, "tasks/*", {api: notes, methods: [read]}], net: ["api.example.com:443"], secrets: [KEY],
      prompts: [a.txt], packages: [zod], kernel: [reload], wasm: true, builtins: ["node:sqlite"], folders: [{path: runtime/files/x, mode: r}]}`,
    ),
    [
      "net: fetch to api.example.com:443: can send there whatever it knows",
      "folders: reads runtime/files/x: by itself, past the filesystem service and its rules",
      "secrets: reads the variable KEY: can hand it to every service and address above and below",
      "services: calls every method of database: its own tables, and those that the service's config lends to it",
      "services: calls every method of tasks/*: also services that are added later; what it passes, the service knows; what the service gives, it knows",
      "services: calls read of notes: what it passes, the service knows; what the service gives, it knows",
      "kernel: kernel.reload: can reload any module, as often as it likes",
      "builtins: imports node:sqlite: databases in the folders above, nowhere else",
      "prompts: reads prompts/a.txt: text only; it can't change it",
      "packages: imports zod: runs inside the module's own fence: no power is added",
      "wasm: compiles WebAssembly: code that nobody can read; the fence is the same",
    ],
  );
});

Deno.test("explainGrants says sockets where a builtin brings them", () => {
  assert.match(explained(`{net: ["a:1"], builtins: ["node:net"]}`)[0]!, /^net: sockets and fetch to a:1: /);
});
