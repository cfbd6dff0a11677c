import assert from "node:assert/strict";
import { rotatingFile } from "../../kernel/watchdog/watchdog_log.ts";

async function withFolder(then: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  await then(folder);
  await Deno.remove(folder, { recursive: true });
}

Deno.test("rotatingFile fills a file to its last byte, then puts it aside, and keeps as many as asked", () =>
  withFolder((folder) => {
    const path = `${folder}/w.log`;
    const file = rotatingFile(path, 10, 2);
    for (const text of ["12345", "67890", "aaaaa", "bbbbb", "ccccc", "ddddd", "e"]) file.append(text);
    file.close();
    const read = (name: string) => Deno.readTextFileSync(`${folder}/${name}`);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["w.log", "w.log.1", "w.log.2"]);
    assert.deepEqual([read("w.log"), read("w.log.1"), read("w.log.2")], ["e", "cccccddddd", "aaaaabbbbb"]);
  }));

Deno.test("rotatingFile goes on with a file that is there and counts what it has", () =>
  withFolder((folder) => {
    const path = `${folder}/w.log`;
    Deno.writeTextFileSync(path, "12345");
    const file = rotatingFile(path, 6, 5);
    file.append("6");
    file.append("7");
    file.close();
    assert.equal(Deno.readTextFileSync(`${path}.1`), "123456");
    assert.equal(Deno.readTextFileSync(path), "7");
  }));

Deno.test("rotatingFile loses lines it cannot write and does not throw", () =>
  withFolder((folder) => {
    const file = rotatingFile(`${folder}/none/w.log`, 10, 2);
    file.append("lost");
    Deno.mkdirSync(`${folder}/none`);
    file.append("found");
    file.close();
    assert.equal(Deno.readTextFileSync(`${folder}/none/w.log`), "found");
  }));

Deno.test("rotatingFile keeps to new bounds from the next line on", () =>
  withFolder((folder) => {
    const file = rotatingFile(`${folder}/w.log`, 1_000, 5);
    file.append("12345");
    file.bound(5, 1);
    for (const text of ["a", "bbbbb", "c"]) file.append(text);
    file.close();
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["w.log", "w.log.1"]);
    assert.equal(Deno.readTextFileSync(`${folder}/w.log.1`), "bbbbb");
  }));
