import assert from "node:assert/strict";
import { emptyDir } from "@std/fs";
import { tree, withTempDir } from "./with_temp_dir.ts";

Deno.test("emptyDir removes all that is in the folder and keeps the folder", async () => {
  await withTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/a/b/c`, { recursive: true });
    await Deno.writeTextFile(`${dir}/a/x`, "");
    await emptyDir(`${dir}/a`);
    assert.deepEqual(await tree(dir), { a: "/" });
  });
});

Deno.test("emptyDir makes a missing folder", async () => {
  await withTempDir(async (dir) => {
    await emptyDir(`${dir}/a/b`);
    assert.deepEqual(await tree(dir), { a: "/", "a/b": "/" });
  });
});

Deno.test("emptyDir removes links, not what they point to", async () => {
  await withTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/kept`);
    await Deno.writeTextFile(`${dir}/kept/x`, "x");
    await Deno.mkdir(`${dir}/a`);
    await Deno.symlink("../kept", `${dir}/a/link`);
    await emptyDir(`${dir}/a`);
    assert.deepEqual(await tree(dir), { a: "/", kept: "/", "kept/x": "x" });
  });
});
