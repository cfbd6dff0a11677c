import assert from "node:assert/strict";
import { walk, type WalkOptions } from "@std/fs";
import { withTempDir } from "./with_temp_dir.ts";

/** The paths that walk yields below a folder with a/b/x.ts, a/y.md, .dot and link → a; "" is the root. */
async function found(options: WalkOptions = {}): Promise<string[]> {
  const paths: string[] = [];
  await withTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/a/b`, { recursive: true });
    for (const file of ["a/b/x.ts", "a/y.md", ".dot"]) await Deno.writeTextFile(`${dir}/${file}`, "");
    await Deno.symlink("a", `${dir}/link`);
    for await (const { path, name } of walk(dir, options)) {
      assert.equal(name, path.split("/").at(-1));
      paths.push(path.slice(dir.length));
    }
  });
  return paths;
}

Deno.test("walk yields the root first, then everything, and does not follow links", async () => {
  const paths = await found();
  assert.equal(paths[0], "");
  assert.deepEqual(paths.sort(), ["", "/.dot", "/a", "/a/b", "/a/b/x.ts", "/a/y.md", "/link"]);
});

Deno.test("walk yields a folder before what is in it", async () => {
  const paths = await found();
  assert.ok(paths.indexOf("/a") < paths.indexOf("/a/b") && paths.indexOf("/a/b") < paths.indexOf("/a/b/x.ts"));
});

Deno.test("walk leaves out the kinds that are not asked for", async () => {
  assert.deepEqual((await found({ includeDirs: false })).sort(), ["/.dot", "/a/b/x.ts", "/a/y.md", "/link"]);
  assert.deepEqual((await found({ includeFiles: false, includeSymlinks: false })).sort(), ["", "/a", "/a/b"]);
});

Deno.test("walk takes extensions with and without a dot", async () => {
  assert.deepEqual((await found({ exts: ["ts", ".md"] })).sort(), ["/a/b/x.ts", "/a/y.md"]);
});

Deno.test("walk yields what matches and neither yields nor enters what is skipped", async () => {
  assert.deepEqual(await found({ match: [/x\.ts$/g] }), ["/a/b/x.ts"]);
  assert.deepEqual((await found({ skip: [/\/a$/] })).sort(), ["", "/.dot", "/link"]);
});

Deno.test("walk goes as deep as maxDepth says", async () => {
  assert.deepEqual(await found({ maxDepth: 0 }), [""]);
  assert.deepEqual((await found({ maxDepth: 1 })).sort(), ["", "/.dot", "/a", "/link"]);
});

Deno.test("walk throws NotFound for a missing root", async () => {
  await withTempDir(async (dir) => {
    await assert.rejects(Array.fromAsync(walk(`${dir}/none`)), Deno.errors.NotFound);
  });
});
