import assert from "node:assert/strict";
import { denoFiles } from "../../kernel/powers_deno_files.ts";
import { withProgram } from "../../kernel/powers_deno_program.ts";
import { readSources } from "../../kernel/loader/mod.ts";

const INSIDE: Readonly<Record<string, string>> = {
  "plugins/one.ts": "export class Module {}\n",
  "plugins/many/mod.ts": 'export { Module } from "./below/a.ts";\n',
  "plugins/many/below/a.ts": "export class Module {}\n",
};
const FOLDER = "/opt/meta-machine.mjs";
const files = withProgram(denoFiles, {
  folder: FOLDER,
  list: (folder) =>
    Promise.resolve(
      Object.keys(INSIDE).filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1)),
    ),
  read: (path) =>
    INSIDE[path] === undefined
      ? Promise.reject(new Deno.errors.NotFound())
      : Promise.resolve(new TextEncoder().encode(INSIDE[path])),
});
const source = (name: string, kind: "file" | "folder") =>
  readSources(files, [{ path: `${FOLDER}/plugins/${name}`, kind, origin: "shipped", root: `${FOLDER}/plugins` }]);

Deno.test("modules inside the program's one file are read as those in a folder are", async () => {
  const one = await source("one.ts", "file");
  assert.deepEqual(one?.ok && one.value.files.map(({ path }) => path), ["one.ts"]);
  const many = await source("many", "folder");
  assert.deepEqual(many?.ok && many.value.files.map(({ path }) => path), ["below/a.ts", "mod.ts"]);
  assert.equal(await source("other.ts", "file"), undefined);
  assert.equal(await source("one.ts", "folder"), undefined);
});

Deno.test("files inside are bounded, and can't be written", async () => {
  const path = `${FOLDER}/plugins/one.ts`;
  const { length } = INSIDE["plugins/one.ts"]!;
  assert.equal(await files.readText(path, length), INSIDE["plugins/one.ts"]);
  await assert.rejects(files.readText(path, length - 1), /is larger than/);
  await assert.rejects(files.writeWhole(path, "other"));
});

Deno.test("paths that are not below the one file are the system's, also those that begin like it", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/a`, "text");
  assert.equal(await files.readText(`${folder}/a`, 10), "text");
  assert.deepEqual(await files.list(folder), [{ name: "a", kind: "file" }]);
  assert.equal((await files.stat(`${folder}/a`))?.kind, "file");
  assert.equal(await files.stat(`${FOLDER}.bak/plugins/one.ts`), undefined);
  await Deno.remove(folder, { recursive: true });
});
