import assert from "node:assert/strict";
import { move } from "@std/fs";
import { tree, withTempDir } from "./with_temp_dir.ts";

const withFiles = (use: (dir: string) => Promise<void>) =>
  withTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/a`);
    await Deno.writeTextFile(`${dir}/a/x`, "x");
    await Deno.writeTextFile(`${dir}/file`, "f");
    await use(dir);
  });

Deno.test("move moves a folder with what is in it", async () => {
  await withFiles(async (dir) => {
    await move(`${dir}/a`, `${dir}/b`);
    assert.deepEqual(await tree(dir), { b: "/", "b/x": "x", file: "f" });
  });
});

Deno.test("move throws AlreadyExists where the destination is taken, also by a broken link", async () => {
  await withFiles(async (dir) => {
    await assert.rejects(move(`${dir}/a`, `${dir}/file`), Deno.errors.AlreadyExists);
    await Deno.symlink("none", `${dir}/link`);
    await assert.rejects(move(`${dir}/a`, `${dir}/link`), Deno.errors.AlreadyExists);
  });
});

Deno.test("move with overwrite replaces the destination", async () => {
  await withFiles(async (dir) => {
    await move(`${dir}/file`, `${dir}/a`, { overwrite: true });
    assert.deepEqual(await tree(dir), { a: "f" });
  });
});

Deno.test("move with overwrite onto itself changes nothing", async () => {
  await withFiles(async (dir) => {
    await move(`${dir}/file`, `${dir}/./file`, { overwrite: true });
    assert.deepEqual(await tree(dir), { a: "/", "a/x": "x", file: "f" });
  });
});

Deno.test("move throws NotSupported for a folder into itself", async () => {
  await withFiles(async (dir) => {
    await assert.rejects(move(`${dir}/a`, `${dir}/a/b`), Deno.errors.NotSupported);
    await assert.rejects(move(`${dir}/a`, `${dir}/a`), Deno.errors.NotSupported);
    await move(`${dir}/a`, `${dir}/ab`);
  });
});

Deno.test("move throws NotFound for a missing source and keeps the destination", async () => {
  await withFiles(async (dir) => {
    await assert.rejects(move(`${dir}/none`, `${dir}/file`, { overwrite: true }), Deno.errors.NotFound);
    assert.equal(await Deno.readTextFile(`${dir}/file`), "f");
  });
});
