import assert from "node:assert/strict";
import { toolFiles } from "../../kernel/lifecycle/mod.ts";
import { denoFiles } from "../../kernel/powers_deno.ts";
import { toolSpec } from "./scripted_host.ts";

const hash = (n: number) => n.toString(16).padStart(64, "0");

Deno.test("toolFiles gives back what was written, and takes a torn or forged file for nothing", async () => {
  const folder = `${await Deno.makeTempDir()}/tools`;
  const known = toolFiles(denoFiles, folder);
  assert.equal(await known.read(hash(1)), undefined);
  await known.write(hash(1), [toolSpec("read")]);
  await known.write(hash(2), []);
  assert.deepEqual(await known.read(hash(1)), [toolSpec("read")]);
  assert.deepEqual(await known.read(hash(2)), []);
  for (const text of ["", "[", "{}", '[{"entry": 5}]']) {
    await Deno.writeTextFile(`${folder}/${hash(1)}.json`, text);
    assert.equal(await known.read(hash(1)), undefined);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("toolFiles keeps the newest, and never throws", async () => {
  const folder = `${await Deno.makeTempDir()}/tools`;
  const known = toolFiles(denoFiles, folder, 2);
  for (const n of [1, 2, 3]) {
    await known.write(hash(n), []);
    await Deno.utime(`${folder}/${hash(n)}.json`, n, n);
  }
  await known.write(hash(4), []);
  assert.deepEqual(await Promise.all([1, 2, 3, 4].map((n) => known.read(hash(n)))), [undefined, undefined, [], []]);
  await Deno.remove(folder, { recursive: true });
  await Deno.writeTextFile(folder, "");
  await known.write(hash(5), []);
  await Deno.remove(folder);
});
