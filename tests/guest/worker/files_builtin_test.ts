import assert from "node:assert/strict";
import { type Answer, startWorker, type TestWorker } from "./start_worker.ts";

const MODULE = `import * as files from "files";
export class Module {
  do(name, ...args) { return files[name](...args); }
  names() { return Object.keys(files).sort(); }
}`;

/** A home with a few files, and a Worker that may reach \`folders\` of it. */
async function withFiles(
  folders: { path: string; mode: "r" | "rw" }[],
  then: (worker: TestWorker, home: string) => Promise<void>,
  code = MODULE,
): Promise<void> {
  const home = await Deno.realPath(await Deno.makeTempDir());
  for (const folder of ["runtime/files/db", "runtime/logs", "configs", "other", "shelf/inner"]) {
    await Deno.mkdir(`${home}/${folder}`, { recursive: true });
  }
  for (
    const [path, text] of [
      ["runtime/logs/host.jsonl", "log"],
      ["configs/a.yml", "a: 1"],
      ["configs/principals.yml", "who"],
      ["other/secret.txt", "secret"],
      ["shelf/a.txt", "hello"],
      ["shelf/.hidden", "h"],
      [".env", "KEY=1"],
    ]
  ) {
    await Deno.writeTextFile(`${home}/${path}`, text!);
  }
  await Deno.symlink(`${home}/other`, `${home}/shelf/out`);
  await Deno.symlink(`${home}/other/secret.txt`, `${home}/shelf/secret.txt`);
  await Deno.symlink(`${home}/shelf/inner`, `${home}/shelf/in`);
  await Deno.symlink(`/etc/passwd`, `${home}/shelf/passwd`);
  try {
    const read = folders.map(({ path }) => path === "." ? home : `${home}/${path}`);
    const write = folders.filter(({ mode }) => mode === "rw").map(({ path }) =>
      path === "." ? home : `${home}/${path}`
    );
    await using worker = await startWorker(code, {
      builtins: ["files"],
      home,
      folders,
      permissions: { read, write, net: false, env: false, run: false, ffi: false, sys: false, import: false },
    });
    await then(worker, home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}
const codeOf = (answer: Answer) => (answer.ok ? `ok ${JSON.stringify(answer.value)}` : answer.code);

Deno.test("files are read, written, listed, looked at, renamed and removed below the granted folder", async () => {
  await withFiles([{ path: "shelf", mode: "rw" }], async (worker, home) => {
    assert.deepEqual(await worker.value("names"), ["list", "read", "realpath", "remove", "rename", "stat", "write"]);
    assert.equal(await worker.value("do", ["read", "shelf/a.txt", { as: "text" }]), "hello");
    assert.deepEqual(await worker.value("do", ["read", "shelf/a.txt"]), new TextEncoder().encode("hello"));
    assert.equal(await worker.value("do", ["write", "shelf/deep/er/b.txt", "grüße"]), 7);
    assert.equal(await Deno.readTextFile(`${home}/shelf/deep/er/b.txt`), "grüße");
    assert.equal(await worker.value("do", ["write", "shelf/deep/er/b.txt", new Uint8Array([1, 2, 3])]), 3);
    assert.deepEqual([...Deno.readDirSync(`${home}/shelf/deep/er`)].map(({ name }) => name), ["b.txt"]);
    assert.deepEqual(await worker.value("do", ["list", "shelf"]), [
      { name: "a.txt", kind: "file", size: 5 },
      ...["deep", "in", "inner", "out", "passwd", "secret.txt"].map((name) => ({
        name,
        kind: ["deep", "inner"].includes(name) ? "folder" : "symlink",
        size: Deno.lstatSync(`${home}/shelf/${name}`).size,
      })),
    ]);
    const stat = await worker.value("do", ["stat", "shelf/a.txt"]) as Record<string, unknown>;
    assert.deepEqual([stat["kind"], stat["size"], typeof stat["mtime"]], ["file", 5, "number"]);
    assert.equal(await worker.value("do", ["realpath", "shelf/new.db"]), `${home}/shelf/new.db`);
    assert.equal(await worker.value("do", ["realpath", "shelf/in/x"]), `${home}/shelf/inner/x`);
    await worker.value("do", ["rename", "shelf/a.txt", "shelf/c.txt"]);
    assert.equal(await worker.value("do", ["read", "shelf/c.txt", { as: "text" }]), "hello");
    await worker.value("do", ["remove", "shelf/c.txt"]);
    assert.equal(codeOf(await worker.call("do", ["remove", "shelf/deep"])), "conflict");
    await worker.value("do", ["remove", "shelf/deep", { recursive: true }]);
    assert.equal(codeOf(await worker.call("do", ["stat", "shelf/deep"])), "not_found");
  });
});

Deno.test("what is missing, no file, or too large is refused by name", async () => {
  await withFiles([{ path: "shelf", mode: "rw" }], async (worker, home) => {
    const missing = await worker.call("do", ["read", "shelf/none.txt"]);
    assert.ok(
      !missing.ok && missing.code === "not_found" && missing.fault["message"] === "no such file: shelf/none.txt",
    );
    assert.equal(codeOf(await worker.call("do", ["read", "shelf/inner"])), "invalid_argument");
    assert.equal(codeOf(await worker.call("do", ["write", "shelf/x", 5])), "invalid_argument");
    assert.equal(await worker.value("do", ["read", "shelf/a.txt", { as: "text", max_bytes: 5 }]), "hello");
    assert.equal(codeOf(await worker.call("do", ["read", "shelf/a.txt", { max_bytes: 4 }])), "too_large");
    assert.equal(await worker.value("do", ["write", "shelf/x", "üü", { max_bytes: 4 }]), 4);
    assert.equal(codeOf(await worker.call("do", ["write", "shelf/x", "üü", { max_bytes: 3 }])), "too_large");
    assert.deepEqual([...Deno.readDirSync(`${home}/shelf`)].filter(({ name }) => name.endsWith(".part")), []);
  });
});

Deno.test("nothing outside of the granted folders is reached, by name or through a symlink", async () => {
  await withFiles([{ path: "shelf", mode: "rw" }], async (worker, home) => {
    const outside = [
      "other/secret.txt",
      ".",
      "shelf2/x",
      "shelf/out",
      "shelf/out/secret.txt",
      "shelf/out/new.txt",
      "shelf/secret.txt",
      "shelf/passwd",
    ];
    for (const path of outside) {
      for (
        const [name, ...args] of [["read"], ["list"], ["stat"], ["realpath"], ["write", "x"], ["remove"], [
          "rename",
          "shelf/z",
        ]]
      ) {
        if (path.startsWith("shelf/") && path.split("/").length === 2 && ["remove", "rename"].includes(name!)) continue; // the link itself is the module's own
        assert.equal(codeOf(await worker.call("do", [name!, path, ...args])), "denied", `${name} ${path}`);
      }
    }
    for (const path of ["/etc/passwd", "../x", "shelf/../other/secret.txt", "shelf//a.txt", `${home}/shelf/a.txt`]) {
      assert.equal(codeOf(await worker.call("do", ["read", path])), "invalid_argument", path);
    }
    assert.equal(codeOf(await worker.call("do", ["rename", "shelf/a.txt", "other/a.txt"])), "denied");
    assert.equal(await Deno.readTextFile(`${home}/other/secret.txt`), "secret");
    await worker.value("do", ["remove", "shelf/out"]);
    assert.equal(await Deno.readTextFile(`${home}/other/secret.txt`), "secret");
  });
});

Deno.test("a folder granted for reading is not written", async () => {
  await withFiles([{ path: "shelf", mode: "r" }], async (worker) => {
    assert.equal(await worker.value("do", ["read", "shelf/a.txt", { as: "text" }]), "hello");
    for (
      const args of [["write", "shelf/a.txt", "x"], ["remove", "shelf/a.txt"], ["rename", "shelf/a.txt", "shelf/b.txt"]]
    ) {
      assert.equal(codeOf(await worker.call("do", args)), "denied");
    }
  });
});

Deno.test("what is protected stays so even where the whole home is granted", async () => {
  await withFiles([{ path: ".", mode: "rw" }], async (worker, home) => {
    for (const path of ["runtime/logs/host.jsonl", "configs/principals.yml", ".env", "shelf/.hidden"]) {
      assert.equal(codeOf(await worker.call("do", ["read", path])), "denied", path);
      assert.equal(codeOf(await worker.call("do", ["write", path, "x"])), "denied", path);
    }
    for (
      const path of [
        "configs/a.yml",
        "configs/new/b.yml",
        "plugins/x.ts",
        "kernel/k.ts",
        "prompts/p",
        "main.ts",
        "deno.json",
        "deno.lock",
      ]
    ) {
      assert.equal(codeOf(await worker.call("do", ["write", path, "x"])), "denied", path);
    }
    for (const path of ["configs", "runtime", "."]) {
      assert.equal(codeOf(await worker.call("do", ["remove", path, { recursive: true }])), "denied", path);
      assert.equal(codeOf(await worker.call("do", ["rename", path, "moved"])), "denied", path);
    }
    assert.equal(await worker.value("do", ["read", "configs/a.yml", { as: "text" }]), "a: 1");
    assert.equal(await worker.value("do", ["write", "runtime/files/db/x", "1"]), 1);
    await Deno.symlink(`${home}/configs`, `${home}/shelf/configs`);
    assert.equal(codeOf(await worker.call("do", ["write", "shelf/configs/a.yml", "x"])), "denied");
    assert.equal(codeOf(await worker.call("do", ["read", "shelf/configs/principals.yml"])), "denied");
    const names = (await worker.value("do", ["list", "."]) as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(names, ["configs", "other", "runtime", "shelf"]);
    assert.deepEqual((await worker.value("do", ["list", "configs"]) as { name: string }[]).map(({ name }) => name), [
      "a.yml",
    ]);
    assert.deepEqual((await worker.value("do", ["list", "runtime"]) as { name: string }[]).map(({ name }) => name), [
      "files",
    ]);
  });
});

Deno.test("a module that patches every built-in gets no further", async () => {
  await withFiles(
    [{ path: ".", mode: "rw" }],
    async (worker, home) => {
      await worker.value("patch");
      for (const path of ["configs/principals.yml", ".env", "runtime/logs/host.jsonl", "shelf/../.env"]) {
        assert.ok(!(await worker.call("do", ["read", path])).ok, path);
      }
      assert.ok(!(await worker.call("do", ["write", "configs/a.yml", "x"])).ok);
      assert.equal(await Deno.readTextFile(`${home}/configs/a.yml`), "a: 1");
    },
    `import * as files from "files";
  export class Module {
    do(name, ...args) { return files[name](...args); }
    patch() {
      String.prototype.startsWith = String.prototype.includes = String.prototype.endsWith = () => true;
      String.prototype.indexOf = () => -1; String.prototype.charCodeAt = () => 97; String.prototype.slice = () => "shelf/a.txt"; String.prototype.split = () => [];
      Array.prototype.some = Array.prototype.includes = () => true; Array.prototype.find = (f) => undefined;
      Object.hasOwn = () => true; Object.getPrototypeOf = () => null; RegExp.prototype.test = () => true;
      try { Object.defineProperty(Object.prototype, "mode", { value: "rw", writable: true, configurable: true }); } catch { /* refused */ }
    }
  }`,
  );
});

Deno.test("files is not there unless granted", async () => {
  await assert.rejects(startWorker(MODULE), /import of 'files' is not allowed/);
});
