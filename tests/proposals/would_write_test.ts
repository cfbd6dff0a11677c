import assert from "node:assert/strict";
import type { ApiName } from "../../kernel/contract/names.ts";
import type { Origin, PlannedModule } from "../../kernel/contract/spec.ts";
import { NO_GRANTS } from "../../kernel/config/mod.ts";
import { type Present, wouldWrite } from "../../kernel/proposals/would_write.ts";

const api = "notes" as ApiName;
const base = { api, objective: "x" };

function present(path: string, entry: string, files: readonly string[], origin: Origin = "local"): Present {
  const spec = { api, prog: "notes", config: "configs/notes-v2.yml", grants: { ...NO_GRANTS, prompts: ["meta.txt"] } };
  const source = { origin, path, entry, files: files.map((path) => ({ path, text: `old ${path}` })), hash: "" };
  return {
    planned: { spec, source, hash: "" } as unknown as PlannedModule,
    config: "old config",
    prompt: "old prompt",
  };
}
const file = present("/home/plugins/notes.ts", "notes.ts", ["notes.ts"]);
const folder = present("/home/plugins/notes", "mod.ts", ["mod.ts", "list.ts"]);
const refusal = (...args: Parameters<typeof wouldWrite>): string => {
  const would = wouldWrite(...args);
  assert.ok(!would.ok);
  return `${would.fault.code}: ${would.fault.message}`;
};

Deno.test("wouldWrite names the file of a module's source, its config and its prompt, with what stands there", () => {
  const prompt = { name: "meta.txt", text: "new prompt" };
  const would = wouldWrite(
    { ...base, source: [{ path: "", text: "new" }], config: "new config", prompt },
    file,
    "/home",
  );
  assert.deepEqual(would, {
    ok: true,
    value: {
      kind: "module",
      after: [
        { file: "plugins/notes.ts", text: "new" },
        { file: "configs/notes-v2.yml", text: "new config" },
        { file: "prompts/meta.txt", text: "new prompt" },
      ],
      before: [
        { file: "plugins/notes.ts", text: "old notes.ts" },
        { file: "configs/notes-v2.yml", text: "old config" },
        { file: "prompts/meta.txt", text: "old prompt" },
      ],
    },
  });
});

Deno.test("of a folder all files are given: one that is not among them goes, and comes back with a rollback", () => {
  const source = [{ path: "mod.ts", text: "m" }, { path: "more.ts", text: "n" }];
  const would = wouldWrite({ ...base, source }, folder, "/home");
  assert.ok(would.ok);
  assert.deepEqual(would.value.after, [
    { file: "plugins/notes/mod.ts", text: "m" },
    { file: "plugins/notes/more.ts", text: "n" },
    { file: "plugins/notes/list.ts", text: undefined },
  ]);
  assert.deepEqual(would.value.before.map(({ text }) => text), ["old mod.ts", undefined, "old list.ts"]);
});

Deno.test("a new module is a source, and a config that is empty where none is given", () => {
  const fresh = { ...base, api: "tasks/fresh" as ApiName, source: [{ path: "", text: "s" }] };
  const would = wouldWrite(fresh, undefined, "/home");
  assert.ok(would.ok);
  assert.deepEqual([would.value.kind, would.value.after], ["new", [
    { file: "plugins/tasks/fresh.ts", text: "s" },
    { file: "configs/tasks/fresh.yml", text: "" },
  ]]);
});

Deno.test("what nobody but the operator changes is refused, and what does not fit what is there", () => {
  const source = [{ path: "", text: "s" }];
  const shipped = present("/program/plugins/notes.ts", "notes.ts", [], "shipped");
  const added = present("/home/plugins/notes.ts", "notes.ts", [], "added");
  assert.match(refusal({ ...base, source }, shipped, "/home"), /denied: .*the program's own/);
  assert.match(refusal({ ...base, source }, added, "/home"), /denied: .*came from outside/);
  assert.match(refusal({ ...base, source: [{ path: "b.ts", text: "" }] }, file, "/home"), /is one file, notes\.ts/);
  assert.match(refusal({ ...base, source: [{ path: "list.ts", text: "" }] }, folder, "/home"), /not among the files/);
  assert.match(refusal({ ...base, config: "" }, undefined, "/home"), /not_found: no module claims api 'notes'/);
  const prompt = { name: "other.txt", text: "" };
  assert.match(refusal({ ...base, prompt }, file, "/home"), /was not granted the prompt/);
});
