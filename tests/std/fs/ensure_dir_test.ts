import assert from "node:assert/strict";
import { ensureDir } from "@std/fs";
import { tree, withTempDir } from "./with_temp_dir.ts";

Deno.test("ensureDir makes the folder with its parents, and does nothing the second time", async () => {
  await withTempDir(async (dir) => {
    await ensureDir(`${dir}/a/b`);
    await ensureDir(`${dir}/a/b`);
    assert.deepEqual(await tree(dir), { a: "/", "a/b": "/" });
  });
});

Deno.test("ensureDir accepts a link to a folder", async () => {
  await withTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/a`);
    await Deno.symlink("a", `${dir}/link`);
    await ensureDir(`${dir}/link`);
  });
});

Deno.test("ensureDir refuses a file, and says what it found", async () => {
  await withTempDir(async (dir) => {
    await Deno.writeTextFile(`${dir}/a`, "");
    await assert.rejects(ensureDir(`${dir}/a`), {
      message: `Failed to ensure directory exists: expected 'dir', got 'file' at '${dir}/a'`,
    });
  });
});
