import assert from "node:assert/strict";
import { walk } from "../../kernel/std/fs.ts";
import { type Shipped, writeShippedDefaults } from "../../kernel/cli/shipped_defaults.ts";
import { PROGRAM, runProgram, withHome } from "./scripted_host.ts";

async function filesBelow(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { path, isFile } of walk(folder)) {
    if (isFile) files[path.slice(folder.length + 1)] = await Deno.readTextFile(path);
  }
  return files;
}

const CONFIGS: Readonly<Record<string, string>> = {
  "meta.yml": "prog: kernel\n",
  "services/database.yml": "api: database\n",
};
/** A program with two configs. */
const SHIPPED: Shipped = {
  list: (folder) => Promise.resolve(folder === "configs" ? Object.keys(CONFIGS) : []),
  read: (path) => Promise.resolve(new TextEncoder().encode(CONFIGS[path.slice("configs/".length)])),
};

Deno.test("writeShippedDefaults copies every config and makes the other folders", () =>
  withHome(async (folder) => {
    const written = await writeShippedDefaults(SHIPPED, `${folder}/new/home`);
    assert.deepEqual(written, ["configs/meta.yml", "configs/services/database.yml", "plugins/", "prompts/"]);
    assert.deepEqual(await filesBelow(`${folder}/new/home`), {
      "configs/meta.yml": "prog: kernel\n",
      "configs/services/database.yml": "api: database\n",
    });
    for (const name of ["configs", "configs/services", "plugins", "prompts"]) {
      assert.equal((await Deno.stat(`${folder}/new/home/${name}`)).mode! & 0o022, 0, `others may write in ${name}`);
    }
  }));

Deno.test("writeShippedDefaults adds nothing to a home that has configs, not even to empty ones", () =>
  withHome(async (folder) => {
    await Deno.mkdir(`${folder}/home/configs`, { recursive: true });
    assert.equal(await writeShippedDefaults(SHIPPED, `${folder}/home`), undefined);
    assert.deepEqual([...Deno.readDirSync(`${folder}/home`)].map(({ name }) => name), ["configs"]);
    assert.deepEqual(await filesBelow(`${folder}/home`), {});
  }));

Deno.test("writeShippedDefaults takes a broken symlink for configs that the operator put there", () =>
  withHome(async (folder) => {
    await Deno.mkdir(`${folder}/home`);
    await Deno.symlink(`${folder}/elsewhere`, `${folder}/home/configs`);
    assert.equal(await writeShippedDefaults(SHIPPED, `${folder}/home`), undefined);
  }));

Deno.test("writeShippedDefaults writes once when two do it at the same time, and leaves nothing else", () =>
  withHome(async (folder) => {
    const both = await Promise.all([1, 2].map(() => writeShippedDefaults(SHIPPED, `${folder}/home`)));
    assert.equal(both.filter((written) => written !== undefined).length, 1);
    assert.deepEqual([...Deno.readDirSync(`${folder}/home`)].map(({ name }) => name).sort(), [
      "configs",
      "plugins",
      "prompts",
    ]);
  }));

Deno.test("init says what it wrote, and a second time that it wrote nothing", () =>
  withHome(async (folder) => {
    const home = `${folder}/home`;
    const first = await runProgram("init", "--home", home, "--json");
    assert.equal(first.code, 0, first.stderr);
    const { written } = JSON.parse(first.stdout);
    const shipped = Object.keys(await filesBelow(`${PROGRAM}/configs`)).map((file) => `configs/${file}`).sort();
    assert.deepEqual(written, [...shipped, "plugins/", "prompts/"]);
    assert.deepEqual(await filesBelow(`${home}/configs`), await filesBelow(`${PROGRAM}/configs`));
    const second = await runProgram("init", "--home", home);
    assert.deepEqual(second, { code: 0, stdout: `${home} has configs/ already: nothing written\n`, stderr: "" });
  }));
