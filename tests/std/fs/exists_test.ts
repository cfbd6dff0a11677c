import assert from "node:assert/strict";
import { exists } from "@std/fs";
import { withTempDir } from "./with_temp_dir.ts";

Deno.test("exists is true for files and folders, and false where nothing is", async () => {
  await withTempDir(async (dir) => {
    await Deno.writeTextFile(`${dir}/file`, "");
    assert.equal(await exists(`${dir}/file`), true);
    assert.equal(await exists(dir), true);
    assert.equal(await exists(`${dir}/none`), false);
  });
});

Deno.test("exists asks for the kind, through links", async () => {
  await withTempDir(async (dir) => {
    await Deno.writeTextFile(`${dir}/file`, "");
    await Deno.symlink("file", `${dir}/link`);
    assert.equal(await exists(`${dir}/link`, { isFile: true }), true);
    assert.equal(await exists(`${dir}/link`, { isDirectory: true }), false);
    assert.equal(await exists(dir, { isDirectory: true }), true);
    assert.equal(await exists(dir, { isFile: true }), false);
  });
});

Deno.test("exists is false for a broken link", async () => {
  await withTempDir(async (dir) => {
    await Deno.symlink("none", `${dir}/link`);
    assert.equal(await exists(`${dir}/link`), false);
  });
});

Deno.test("exists refuses to look for a file and a folder at once", async () => {
  await assert.rejects(exists("/", { isFile: true, isDirectory: true }), TypeError);
});
