import assert from "node:assert/strict";
import { copy } from "@std/fs";
import { tree, withTempDir } from "./with_temp_dir.ts";

const FILES = { a: "/", "a/b": "/", "a/b/x": "x", "a/link": "→ b/x" };

const withFiles = (use: (dir: string) => Promise<void>) =>
  withTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/a/b`, { recursive: true });
    await Deno.writeTextFile(`${dir}/a/b/x`, "x");
    await Deno.symlink("b/x", `${dir}/a/link`);
    await use(dir);
  });

Deno.test("copy copies a folder, links as links", async () => {
  await withFiles(async (dir) => {
    await copy(`${dir}/a`, `${dir}/c`);
    assert.deepEqual(await tree(dir), { ...FILES, c: "/", "c/b": "/", "c/b/x": "x", "c/link": "→ b/x" });
  });
});

Deno.test("copy copies a file, from and to file URLs too", async () => {
  await withFiles(async (dir) => {
    await copy(new URL(`file://${dir}/a/b/x`), new URL(`file://${dir}/y`));
    assert.equal(await Deno.readTextFile(`${dir}/y`), "x");
  });
});

Deno.test("copy throws AlreadyExists where the destination is taken, and changes nothing", async () => {
  await withFiles(async (dir) => {
    await Deno.writeTextFile(`${dir}/y`, "y");
    await assert.rejects(copy(`${dir}/a/b/x`, `${dir}/y`), Deno.errors.AlreadyExists);
    await Deno.mkdir(`${dir}/c`);
    await assert.rejects(copy(`${dir}/a`, `${dir}/c`), Deno.errors.AlreadyExists);
    assert.deepEqual(await tree(dir), { ...FILES, c: "/", y: "y" });
  });
});

Deno.test("copy with overwrite replaces files and keeps what else is in a folder", async () => {
  await withFiles(async (dir) => {
    await Deno.mkdir(`${dir}/c/b`, { recursive: true });
    await Deno.writeTextFile(`${dir}/c/b/x`, "old");
    await Deno.writeTextFile(`${dir}/c/kept`, "k");
    await copy(`${dir}/a`, `${dir}/c`, { overwrite: true });
    assert.deepEqual(await tree(`${dir}/c`), { b: "/", "b/x": "x", kept: "k", link: "→ b/x" });
  });
});

Deno.test("copy refuses a folder onto a file, even with overwrite", async () => {
  await withFiles(async (dir) => {
    await Deno.writeTextFile(`${dir}/y`, "y");
    await assert.rejects(copy(`${dir}/a`, `${dir}/y`, { overwrite: true }), /Cannot overwrite non-directory/);
  });
});

Deno.test("copy refuses a copy onto itself and into itself", async () => {
  await withFiles(async (dir) => {
    await assert.rejects(copy(`${dir}/a`, `${dir}/b/../a`), /source and destination are the same/);
    await assert.rejects(copy(`${dir}/a`, `${dir}/a/c`), /to a subdirectory of itself/);
    await copy(`${dir}/a`, `${dir}/ab`);
  });
});

Deno.test("copy keeps times when asked to", async () => {
  await withFiles(async (dir) => {
    const then = new Date("2001-02-03T04:05:06Z");
    for (const path of ["a/b/x", "a/b", "a"]) await Deno.utime(`${dir}/${path}`, then, then);
    await copy(`${dir}/a`, `${dir}/c`, { preserveTimestamps: true });
    for (const path of ["c/b/x", "c/b", "c"]) assert.deepEqual((await Deno.stat(`${dir}/${path}`)).mtime, then, path);
  });
});
