import assert from "node:assert/strict";
import { Tool } from "../../../../kernel/guest/sdk/tool.ts";
import { faultOf } from "../../scripted_kernel.ts";
import { withFilesystem } from "./with_filesystem.ts";

Deno.test("a file is written, read, listed, told and deleted, with a map or with arguments in order", () =>
  withFilesystem({}, async ({ as, home }) => {
    const notes = as("mind/notes");
    assert.deepEqual(await notes.list(), []);
    assert.deepEqual(await notes.write_file("a/b.txt", "häuser"), { bytes: 7 });
    assert.deepEqual(await notes.write_file({ path: "c.txt", content: "" }), { bytes: 0 });
    assert.equal(Deno.readTextFileSync(`${home}/runtime/files/mind.notes/a/b.txt`), "häuser");
    assert.deepEqual(await notes.read_file({ path: "a/b.txt" }), { content: "häuser" });
    assert.deepEqual(await notes.read_file("./a//b.txt"), { content: "häuser" });
    assert.deepEqual((await notes.list({})).map(({ name, kind }) => [name, kind]), [["a", "folder"], [
      "c.txt",
      "file",
    ]]);
    assert.deepEqual(await notes.list("a/"), [{ name: "b.txt", kind: "file", size: 7 }]);
    const { kind, size, mtime } = await notes.stat({ path: "a/b.txt" });
    assert.deepEqual([kind, size], ["file", 7]);
    assert.ok(Math.abs(mtime - Date.now() / 1000) < 60);
    assert.deepEqual(await notes.delete("a/b.txt"), { deleted: true });
    assert.deepEqual(await notes.delete({ path: "a" }), { deleted: true });
    assert.deepEqual(await faultOf(() => notes.read_file("a/b.txt")).then(({ code, message }) => [code, message]), [
      "not_found",
      "no such file: a/b.txt",
    ]);
  }));

Deno.test("every method says no such file in the caller's words", () =>
  withFilesystem({}, async ({ as }) => {
    for (const method of ["read_file", "list", "stat", "delete"] as const) {
      const { code, message } = await faultOf(() => as("a")[method]("x/y"));
      assert.deepEqual([code, message], ["not_found", "no such file: x/y"], method);
    }
  }));

Deno.test("a file that is not text is read as bytes and refused as text; a byte order mark stays", () =>
  withFilesystem({}, async ({ as }) => {
    const bytes = new Uint8Array([0xff, 0, 1]);
    assert.deepEqual(await as("a").write_file("x", bytes), { bytes: 3 });
    const { code, message, hint } = await faultOf(() => as("a").read_file("x"));
    assert.deepEqual([code, message, hint], [
      "invalid_argument",
      "'x' is not UTF-8 text (3 bytes)",
      'pass encoding="bytes" to read it as bytes',
    ]);
    assert.deepEqual(await as("a").read_file({ path: "x", encoding: "bytes" }), { content: bytes });
    await as("a").write_file("y", "\u{FEFF}x");
    assert.deepEqual(await as("a").read_file("y"), { content: "\u{FEFF}x" });
  }));

Deno.test("a missing path, a missing content and an unknown encoding are invalid arguments", () =>
  withFilesystem({}, async ({ as }) => {
    const a = as("a");
    const wrong = [
      () => a.read_file(undefined),
      () => a.read_file({}),
      () => a.stat(""),
      () => a.delete({ path: 1 }),
      () => a.write_file("x"),
    ];
    for (
      const call of [
        ...wrong,
        () => a.write_file("x", 1),
        () => a.write_file("x", "\ud800"),
        () => a.read_file({ path: "x", encoding: "hex" }),
      ]
    ) {
      assert.equal((await faultOf(call)).code, "invalid_argument");
    }
    assert.deepEqual(await a.list(), []);
  }));

Deno.test("a file of max_bytes is written and read, one byte more is refused", () =>
  withFilesystem({ max_bytes: 10 }, async ({ as, home }) => {
    await as("a").write_file("x", "1234567890");
    assert.deepEqual(await as("a").read_file("x"), { content: "1234567890" });
    assert.equal((await faultOf(() => as("a").write_file("x", "ä234567890"))).code, "too_large");
    Deno.writeTextFileSync(`${home}/runtime/files/a/x`, "12345678901");
    const { code, message } = await faultOf(() => as("a").read_file("x"));
    assert.deepEqual([code, message], ["too_large", "Cannot read 'x': it has 11 bytes; 10 are allowed"]);
  }));

Deno.test("a folder is no file, and one with files in it is not deleted", () =>
  withFilesystem({}, async ({ as }) => {
    await as("a").write_file("d/x", "1");
    assert.equal((await faultOf(() => as("a").read_file("d"))).code, "invalid_argument");
    const full = await faultOf(() => as("a").delete("d"));
    assert.deepEqual([full.code, full.message, full.retriable], [
      "conflict",
      "'d' is a folder with something in it",
      false,
    ]);
    assert.equal((await faultOf(() => as("a").delete("."))).code, "denied");
    assert.deepEqual(await as("a").read_file("d/x"), { content: "1" });
  }));

Deno.test("a folder is not written as a file, nor a file used as a folder; the refusal names it in plain words", () =>
  withFilesystem({}, async ({ as, home }) => {
    // Before anything was written its own folder does not exist, and must not come to be as a file.
    for (const path of [".", "./", "d/", "./d"]) {
      if (path.includes("d")) await as("a").write_file("d/x", "1");
      const { code, message, hint } = await faultOf(() => as("a").write_file(path, "1"));
      const shown = path.includes("d") ? "d" : ".";
      assert.deepEqual([code, message], ["invalid_argument", `'${shown}' is a folder; name a file below it`]);
      assert.match(hint, /^for example path=/);
    }
    assert.equal((await faultOf(() => as("@operator").write_file(".", "1"))).message.slice(0, 15), "'.' is a folder");
    const below = ["d/x/y", "d/x/y/z"].flatMap((path) => [
      ...[() => as("a").write_file(path, "1"), () => as("a").read_file(path), () => as("a").list(path)],
      ...[() => as("a").stat(path), () => as("a").delete(path)],
    ]);
    for (const act of [...below, () => as("a").list("d/x")]) {
      const { code, message, retriable } = await faultOf(act);
      assert.match(message, /^'d\/x[yz/]*' needs a folder where a file is$/);
      assert.deepEqual([code, retriable], ["invalid_argument", false]);
    }
    assert.equal(Deno.readTextFileSync(`${home}/runtime/files/a/d/x`), "1");
    assert.deepEqual((await as("a").list("d")).map(({ name }) => name), ["x"]);
  }));

Deno.test("the operator's files are the home's", () =>
  withFilesystem({}, async ({ as, home }) => {
    Deno.mkdirSync(`${home}/docs`);
    Deno.writeTextFileSync(`${home}/docs/a.md`, "x");
    await as("notes").write_file("b", "y");
    assert.deepEqual(await as("@operator").read_file("docs/a.md"), { content: "x" });
    assert.deepEqual(await as("@operator").read_file("runtime/files/notes/b"), { content: "y" });
    assert.deepEqual((await as("@operator").list()).map(({ name }) => name), ["docs", "runtime"]);
  }));

Deno.test("a root of the config is reached by its own path, read or written as its mode says", () =>
  withFilesystem({
    roots: { notes: [{ path: "docs", mode: "r" }, { path: "out/", mode: "rw" }], other: [{ path: "docs" }] },
  }, async ({ as, home }) => {
    Deno.mkdirSync(`${home}/docs`);
    Deno.writeTextFileSync(`${home}/docs/a.md`, "x");
    assert.deepEqual(await as("notes").read_file("docs/a.md"), { content: "x" });
    assert.deepEqual(await as("other").read_file("docs/a.md"), { content: "x" });
    await as("notes").write_file("out/b", "y");
    assert.equal(Deno.readTextFileSync(`${home}/out/b`), "y");
    const { code, message, hint } = await faultOf(() => as("notes").write_file("docs/a.md", "y"));
    assert.deepEqual([code, message], ["denied", "'notes' may not write 'docs/a.md': it may be read only"]);
    assert.match(hint, /^'notes' may write below runtime\/files\/notes\/, out\/;/);
    await as("notes").write_file("documents", "own");
    assert.equal(Deno.readTextFileSync(`${home}/runtime/files/notes/documents`), "own");
    assert.equal((await faultOf(() => as("stranger").read_file("docs/a.md"))).code, "not_found");
  }));

Deno.test("the tools do the same, and say what they do", () =>
  withFilesystem({}, async ({ module }) => {
    const tools = module.getAspect("tool") as Record<string, unknown>;
    const facts = Object.entries(tools).map(([name, made]) => [name, Tool.read(made)?.facts] as const);
    assert.deepEqual(facts.map(([name, fact]) => [name, fact?.readOnly, fact?.destructive]), [
      ["read_file", true, false],
      ["write_file", false, true],
      ["list", true, false],
      ["stat", true, false],
      ["delete", false, true],
    ]);
    assert.throws(() => module.getAspect("other"), { message: "Aspect 'other' not found." });
    await Promise.resolve();
  }));

Deno.test("a config with a slip under roots is refused when the module is made", async () => {
  for (
    const roots of [
      [],
      { a: {} },
      { a: ["docs"] },
      { a: [{ path: "docs", mode: "w" }] },
      { a: [{ path: "../x" }] },
      { a: [{ path: "/etc" }] },
      { a: [{}] },
      { a: [{ path: "x", mod: "r" }] },
    ]
  ) {
    await faultOf(() => withFilesystem({ roots }, () => Promise.resolve())).catch(() =>
      assert.fail(JSON.stringify(roots))
    );
  }
});
