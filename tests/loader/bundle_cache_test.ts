import assert from "node:assert/strict";
import { bundleCache } from "../../kernel/loader/mod.ts";
import { denoFiles } from "../../kernel/powers_deno_files.ts";

const key = (digit: string) => digit.repeat(64);

async function withFolder(tell: (folder: string) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir();
  try {
    await tell(`${home}/runtime/cache/modules`);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("bundleCache gives back what was written, and undefined for what was not", () =>
  withFolder(async (folder) => {
    const cache = bundleCache(denoFiles, folder);
    assert.equal(await cache.read(key("a")), undefined);
    await cache.write(key("a"), "code\u2028ü\n");
    assert.equal(await cache.read(key("a")), "code\u2028ü\n");
    assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name), [`${key("a")}.mjs`]);
  }));

Deno.test("bundleCache ignores a file that is torn, altered, empty or no text", () =>
  withFolder(async (folder) => {
    const cache = bundleCache(denoFiles, folder);
    const path = `${folder}/${key("a")}.mjs`;
    await cache.write(key("a"), "const a = 1;\n");
    const whole = await Deno.readTextFile(path);
    for (
      const text of [whole.slice(0, -1), whole.replace("1", "2"), `${whole} `, whole.slice(1), "", "const a = 1;\n"]
    ) {
      await Deno.writeTextFile(path, text);
      assert.equal(await cache.read(key("a")), undefined, text);
    }
    await Deno.writeFile(path, Uint8Array.of(0xff));
    assert.equal(await cache.read(key("a")), undefined);
    await Deno.writeTextFile(path, whole);
    assert.equal(await cache.read(key("a")), "const a = 1;\n");
  }));

Deno.test("bundleCache keeps so many files and removes the oldest, and nothing that is not its own", () =>
  withFolder(async (folder) => {
    const cache = bundleCache(denoFiles, folder, 2);
    for (const [digit, seconds] of [["a", 30], ["b", 10], ["c", 20]] as const) {
      await bundleCache(denoFiles, folder, 9).write(key(digit), digit);
      await Deno.utime(`${folder}/${key(digit)}.mjs`, seconds, seconds);
    }
    await Deno.writeTextFile(`${folder}/notes.txt`, "");
    await cache.write(key("d"), "d");
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    assert.deepEqual(names, [`${key("a")}.mjs`, `${key("d")}.mjs`, "notes.txt"]);
  }));

Deno.test("bundleCache never fails a load: what can't be written is not there next time", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(folder.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(folder, "a file where the folder should be");
    const cache = bundleCache(denoFiles, folder);
    await cache.write(key("a"), "code");
    assert.equal(await cache.read(key("a")), undefined);
  }));
