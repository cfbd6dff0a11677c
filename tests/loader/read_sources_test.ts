import assert from "node:assert/strict";
import { SOURCES } from "../../kernel/contract/limits.ts";
import type { Files } from "../../kernel/contract/powers.ts";
import { readSources, type SourceCandidate } from "../../kernel/loader/mod.ts";
import { denoFiles } from "../../kernel/powers_deno_files.ts";

/** A real folder of plugins; gone afterwards. */
async function withPlugins(tell: (root: string, outside: string) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${home}/plugins/tasks`, { recursive: true });
    await Deno.mkdir(`${home}/outside`);
    await Deno.writeTextFile(`${home}/outside/secret.txt`, "secret");
    await tell(`${home}/plugins`, `${home}/outside`);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}
function candidate(root: string, path: string, kind: "file" | "folder"): SourceCandidate {
  return { path: `${root}/${path}`, kind, origin: "local", root };
}
async function put(root: string, files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, data] of Object.entries(files)) {
    await Deno.mkdir(`${root}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeFile(`${root}/${path}`, typeof data === "string" ? new TextEncoder().encode(data) : data);
  }
}
async function taken(root: string, path: string, kind: "file" | "folder", files: Files = denoFiles) {
  const read = await readSources(files, [candidate(root, path, kind)]);
  assert.ok(read?.ok, read && !read.ok ? read.fault.message : "nothing there");
  return read.value;
}
async function refused(root: string, path: string, kind: "file" | "folder", files: Files = denoFiles): Promise<string> {
  const read = await readSources(files, [candidate(root, path, kind)]);
  assert.ok(read !== undefined && !read.ok, "was taken");
  assert.equal(read.fault.code, "load_failed");
  return read.fault.message;
}

Deno.test("readSources takes a module of one file as that file alone", () =>
  withPlugins(async (root) => {
    await put(root, { "tasks/x.ts": "one\r\n", "tasks/y.ts": "two" });
    const { hash, ...rest } = await taken(root, "tasks/x.ts", "file");
    assert.deepEqual(rest, {
      origin: "local",
      path: `${root}/tasks/x.ts`,
      entry: "x.ts",
      files: [{ path: "x.ts", text: "one\r\n" }],
    });
    assert.match(hash, /^[0-9a-f]{64}$/);
  }));

Deno.test("readSources takes all source files of a folder with mod.ts, sorted, without tests and dot files", () =>
  withPlugins(async (root) => {
    const wanted = [
      "a.js",
      "a/b/c.mjs",
      "a/d.json",
      "e.txt",
      "f.md",
      "g.yml",
      "h.yaml",
      "i.html",
      "j.css",
      "k.sql",
      "mod.ts",
    ];
    const others = [
      "mod_test.ts",
      "a/x_test.ts",
      ".hidden.ts",
      ".git/config.ts",
      "p.png",
      "noext",
      "q.tsx",
      "r.wasm",
      "ts",
    ];
    await put(`${root}/m`, Object.fromEntries([...wanted, ...others].map((path) => [path, path])));
    const { entry, files } = await taken(root, "m", "folder");
    assert.equal(entry, "mod.ts");
    assert.deepEqual(files, wanted.toSorted().map((path) => ({ path, text: path })));
  }));

Deno.test("readSources goes to the next candidate where there is nothing, and ends with undefined", () =>
  withPlugins(async (root) => {
    await put(root, { "tasks/x.js": "js", "empty/readme.md": "no mod.ts" });
    const candidates = [
      candidate(root, "tasks/x.ts", "file"),
      candidate(root, "tasks/x.ts/y.ts", "file"),
      candidate(root, "empty", "folder"),
      candidate(root, "tasks/x.js", "folder"),
    ];
    assert.equal(await readSources(denoFiles, candidates), undefined);
    const read = await readSources(denoFiles, [...candidates, candidate(root, "tasks/x.js", "file")]);
    assert.ok(read?.ok && read.value.entry === "x.js");
  }));

Deno.test("readSources gives the same hash for the same names and texts, and another for any change of them", () =>
  withPlugins(async (root) => {
    await put(root, { "a/mod.ts": "1", "a/b.ts": "2", "c/mod.ts": "1", "c/b.ts": "2" });
    const hash = async (path: string) => (await taken(root, path, "folder")).hash;
    const first = await hash("a");
    assert.equal(await hash("c"), first);
    await put(root, { "a/b.ts": "3" });
    const second = await hash("a");
    await Deno.rename(`${root}/a/b.ts`, `${root}/a/b2.ts`);
    const third = await hash("a");
    await put(root, { "x.ts": "1", "y.ts": "1" });
    const [x, y] = [(await taken(root, "x.ts", "file")).hash, (await taken(root, "y.ts", "file")).hash];
    assert.equal(new Set([first, second, third, x, y]).size, 5);
  }));

Deno.test("readSources refuses links that lead out, whatever they are called, and follows those that stay", () =>
  withPlugins(async (root, outside) => {
    await put(root, { "m/mod.ts": "", "m/real.txt": "inside", "other/mod.ts": "other" });
    await Deno.symlink("real.txt", `${root}/m/link.txt`);
    assert.equal((await taken(root, "m", "folder")).files.find(({ path }) => path === "link.txt")?.text, "inside");

    for (
      const [name, target] of [
        ["out.txt", `${outside}/secret.txt`],
        ["noext", `${outside}/secret.txt`],
        ["folder", outside],
        ["sibling.ts", "../other/mod.ts"],
      ] as const
    ) {
      await Deno.symlink(target, `${root}/m/${name}`);
      const message = await refused(root, "m", "folder");
      assert.ok(
        message.startsWith(`plugins/m/${name}: leads to ${await Deno.realPath(`${root}/m/${name}`)}, out of`),
        message,
      );
      await Deno.remove(`${root}/m/${name}`);
    }
    for (const target of ["nowhere.ts", "loop.ts"]) {
      await Deno.symlink(target, `${root}/m/loop.ts`);
      assert.match(await refused(root, "m", "folder"), /loop\.ts/);
      await Deno.remove(`${root}/m/loop.ts`);
    }
    await put(root, { "m/sub/a.ts": "" });
    await Deno.symlink("sub", `${root}/m/again`);
    assert.equal(await refused(root, "m", "folder"), "plugins/m/again: is no regular file");
  }));

Deno.test("readSources refuses a module that is itself a link out of the folder of the plugins", () =>
  withPlugins(async (root, outside) => {
    await put(outside, { "mod.ts": "", "x.ts": "" });
    await Deno.symlink(outside, `${root}/m`);
    await Deno.symlink(`${outside}/x.ts`, `${root}/x.ts`);
    assert.equal(
      await refused(root, "m", "folder"),
      `plugins/m: leads to ${await Deno.realPath(outside)}, out of the folder of the plugins`,
    );
    assert.match(await refused(root, "x.ts", "file"), /^plugins\/x\.ts: leads to .*\/outside\/x\.ts, out of/);
    assert.match(await refused(root, "m/x.ts", "file"), /^plugins\/m\/x\.ts: leads to/);
  }));

Deno.test("readSources refuses what is no regular file without waiting for it", () =>
  withPlugins(async (root) => {
    await put(root, { "m/mod.ts": "" });
    await new Deno.Command("mkfifo", { args: [`${root}/m/pipe.ts`, `${root}/pipe.ts`] }).output();
    assert.equal(await refused(root, "m", "folder"), "plugins/m/pipe.ts: is no regular file");
    assert.equal(await refused(root, "pipe.ts", "file"), "plugins/pipe.ts: is no regular file");
    await Deno.mkdir(`${root}/folder.ts`);
    assert.equal(await refused(root, "folder.ts", "file"), "plugins/folder.ts: is no regular file");
  }));

Deno.test("readSources refuses text that is not UTF-8, by name", () =>
  withPlugins(async (root) => {
    await put(root, { "m/mod.ts": "", "m/a.txt": Uint8Array.of(0x61, 0xff) });
    assert.equal(await refused(root, "m", "folder"), "plugins/m/a.txt: is not UTF-8 text");
  }));

Deno.test("readSources takes the last byte of a file that is allowed and refuses the next", () =>
  withPlugins(async (root) => {
    await put(root, { "x.ts": new Uint8Array(SOURCES.file_bytes).fill(0x61) });
    assert.equal((await taken(root, "x.ts", "file")).files[0]!.text.length, SOURCES.file_bytes);
    await put(root, { "x.ts": new Uint8Array(SOURCES.file_bytes + 1).fill(0x61) });
    assert.equal(
      await refused(root, "x.ts", "file"),
      "plugins/x.ts: has 2097153 bytes; 2097152 are allowed in one file",
    );
  }));

Deno.test("readSources takes the last byte of a module that is allowed and refuses the next", () =>
  withPlugins(async (root) => {
    const full = new Uint8Array(SOURCES.file_bytes).fill(0x61);
    const count = SOURCES.total_bytes / SOURCES.file_bytes;
    await put(root, Object.fromEntries(Array.from({ length: count - 1 }, (_, i) => [`m/f${i}.txt`, full])));
    await put(root, { "m/mod.ts": "b", "m/z.txt": full.subarray(1) });
    assert.equal((await taken(root, "m", "folder")).files.length, count + 1);
    await put(root, { "m/mod.ts": "bb" });
    assert.match(
      await refused(root, "m", "folder"),
      /^plugins\/m\/\S+: the module's files are larger than 8388608 bytes together$/,
    );
  }));

Deno.test("readSources takes the last file that is allowed and refuses the next", () =>
  withPlugins(async (root) => {
    await put(root, Object.fromEntries(Array.from({ length: SOURCES.files - 1 }, (_, i) => [`m/f${i}.txt`, ""])));
    await put(root, { "m/mod.ts": "" });
    assert.equal((await taken(root, "m", "folder")).files.length, SOURCES.files);
    await put(root, { "m/one_more.txt": "" });
    assert.equal(await refused(root, "m", "folder"), "plugins/m: has more than 400 files");
  }));

Deno.test("readSources takes the deepest folder that is allowed and refuses the next", () =>
  withPlugins(async (root) => {
    const deep = Array.from({ length: 16 }, () => "d").join("/");
    await put(root, { "m/mod.ts": "", [`m/${deep}/a.ts`]: "" });
    assert.equal((await taken(root, "m", "folder")).files.length, 2);
    await Deno.mkdir(`${root}/m/${deep}/d`);
    assert.match(await refused(root, "m", "folder"), /folders may lie 16 deep in a module's folder$/);
  }));

Deno.test("readSources hashes what it read, even when the file changes at that moment", () =>
  withPlugins(async (root) => {
    await put(root, { "x.ts": "before" });
    const swapping: Files = {
      ...denoFiles,
      read: async (path, max) => {
        await Deno.writeTextFile(path, "after");
        return await denoFiles.read(path, max);
      },
    };
    const changed = await taken(root, "x.ts", "file", swapping);
    assert.equal(changed.files[0]!.text, "after");
    assert.deepEqual(changed, await taken(root, "x.ts", "file"));
  }));

Deno.test("readSources notices a file that is replaced by a link between the check and the read", () =>
  withPlugins(async (root, outside) => {
    await put(root, { "m/mod.ts": "", "m/a.txt": "mine" });
    const swapping: Files = {
      ...denoFiles,
      read: async (path, max) => {
        if (path.endsWith("/a.txt")) {
          await Deno.remove(path);
          await Deno.symlink(`${outside}/secret.txt`, path);
        }
        return await denoFiles.read(path, max);
      },
    };
    assert.equal(
      await refused(root, "m", "folder", swapping),
      "plugins/m/a.txt: 'a.txt' was replaced while it was read",
    );
  }));

Deno.test("readSources takes a file that vanished meanwhile as never there, but not the entry", () =>
  withPlugins(async (root) => {
    const vanishing = (name: string): Files => ({
      ...denoFiles,
      read: async (path, max) => {
        if (path.endsWith(name)) await Deno.remove(path);
        return await denoFiles.read(path, max);
      },
    });
    await put(root, { "m/mod.ts": "", "m/a.txt": "" });
    assert.deepEqual((await taken(root, "m", "folder", vanishing("a.txt"))).files.map(({ path }) => path), ["mod.ts"]);
    assert.match(await refused(root, "m", "folder", vanishing("mod.ts")), /removed while it was read$/);
  }));

Deno.test("readSources turns the system's refusal into a fault of this module", () =>
  withPlugins(async (root) => {
    await put(root, { "x.ts": "" });
    const denied: Files = {
      ...denoFiles,
      realPath: () => Promise.reject(new Deno.errors.PermissionDenied("no rights")),
    };
    assert.match(await refused(root, "x.ts", "file", denied), /x\.ts: no rights$/);
  }));
