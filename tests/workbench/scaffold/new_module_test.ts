import assert from "node:assert/strict";
import { type NewModule, newModule } from "../../../kernel/workbench/mod.ts";
import { makeHome, type TestHome } from "../homes.ts";

async function made(home: TestHome, name: string, shape: "ts" | "js" | "folder" = "ts"): Promise<NewModule> {
  const answer = await newModule(home, { name, shape });
  assert.ok(answer.ok, answer.ok ? "" : answer.fault.message);
  return answer.value;
}

const EDITOR = [".meta/meta-machine.js", ".meta/meta-machine.d.ts", ".meta/files.js", ".meta/files.d.ts"];

Deno.test("newModule writes the config last, since a running host then loads the module", async () => {
  await using home = await makeHome();
  const { written, add_to_imports } = await made(home, "services/notes");
  assert.deepEqual(written.slice(-3), [
    "plugins/services/notes_test.ts",
    "plugins/services/notes.ts",
    "configs/services/notes.yml",
  ]);
  for (const path of [...EDITOR, "deno.json"]) assert.ok(written.includes(path), path);
  assert.deepEqual(add_to_imports, []);
  assert.match(await Deno.readTextFile(`${home.home}/plugins/services/notes_test.ts`), /from "\.\/notes\.ts"/);
  assert.match(await Deno.readTextFile(`${home.home}/plugins/services/notes.ts`), /services_notes_texts/);
});

Deno.test("newModule writes JavaScript, or a folder, where asked to", async () => {
  await using home = await makeHome();
  assert.deepEqual((await made(home, "a", "js")).written.slice(-3), [
    "plugins/a_test.js",
    "plugins/a.js",
    "configs/a.yml",
  ]);
  assert.deepEqual((await made(home, "b", "folder")).written, [
    "plugins/b_test.ts",
    "plugins/b/mod.ts",
    "configs/b.yml",
  ]);
  assert.match(await Deno.readTextFile(`${home.home}/plugins/b_test.ts`), /from "\.\/b\/mod\.ts"/);
});

Deno.test("newModule writes over nothing, and names what is there", async () => {
  for (
    const path of [
      "plugins/a.ts",
      "plugins/a.js",
      "plugins/a/mod.ts",
      "plugins/a_test.ts",
      "configs/a.yml",
      "configs/a.yaml",
    ]
  ) {
    await using home = await makeHome({ [path]: "mine" });
    const answer = await newModule(home, { name: "a", shape: "ts" });
    assert.deepEqual([answer.ok || answer.fault.code, answer.ok || answer.fault.message], [
      "conflict",
      `${path} is there already: nothing was written`,
    ]);
    assert.deepEqual([...Deno.readDirSync(home.home)].map(({ name }) => name).includes(".meta"), false);
    assert.equal(await Deno.readTextFile(`${home.home}/${path}`), "mine");
  }
});

Deno.test("newModule refuses a name that is none, with the rule", async () => {
  await using home = await makeHome();
  for (const name of ["../x", "a b", "", "1a", "a/b/c/d/e"]) {
    const answer = await newModule(home, { name, shape: "ts" });
    assert.deepEqual([answer.ok || answer.fault.code], ["invalid_argument"], name);
  }
});

Deno.test("newModule leaves a deno.json of the home's own alone, and says which lines it lacks", async () => {
  const own = `{ // mine\n  "imports": { "meta-machine": "./.meta/meta-machine.js" } }`;
  await using home = await makeHome({ "deno.json": own });
  const { written, add_to_imports } = await made(home, "a");
  assert.equal(await Deno.readTextFile(`${home.home}/deno.json`), own);
  assert.ok(!written.includes("deno.json"));
  assert.ok(add_to_imports.includes('"files": "./.meta/files.js"'));
  assert.ok(!add_to_imports.some((line) => line.startsWith('"meta-machine":')));
});

Deno.test("newModule replaces what it made for editors only when the program makes it differently", async () => {
  await using home = await makeHome({ ".meta/meta-machine.d.ts": "old" });
  assert.ok((await made(home, "a")).written.includes(".meta/meta-machine.d.ts"));
  assert.deepEqual((await made(home, "b")).written.filter((path) => path.startsWith(".meta")), []);
});

Deno.test("newModule writes nothing for editors into the program's own folder", async () => {
  await using home = await makeHome();
  const { written } = await made({ ...home, program: home.home }, "a");
  assert.deepEqual(written, ["plugins/a_test.ts", "plugins/a.ts", "configs/a.yml"]);
});
