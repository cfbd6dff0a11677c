/** What one caller tries against another's files, and against the host's. */
import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import { withHost } from "./with_host.ts";

const CLIMBING = [
  ...[
    "../bob/secret",
    "..",
    "../",
    "./../bob/secret",
    "x/../../bob/secret",
    "x/../y",
    "../mallory/../bob/secret",
    "/etc/passwd",
    "//etc/passwd",
  ],
  ...["/", "/proc/self/environ", "/dev/stdin", "../../../configs/principals.yml", "..//bob/secret"],
];
const MALFORMED = [
  ...[
    "..\\bob\\secret",
    "x\0",
    "\0",
    "../bob/secret\0.txt",
    "x\ny",
    "x\u{202E}y",
    "x\u{200B}",
    "\u{FEFF}x",
    "\ud800",
    "a".repeat(256),
    "ä".repeat(128),
  ],
  ...["a/".repeat(513), "x\u{7F}", "\t"],
];
/** Names of a file that is not there: spelled oddly, but in one's own folder. */
const HARMLESS = [
  ...[
    "...",
    "runtime/files/bob/secret",
    "~/x",
    "~root",
    "bob",
    "%2e%2e/bob/secret",
    "..%2fbob",
    "file:/etc/passwd",
    "a".repeat(255),
  ],
  ...["configs/principals.yml", "$HOME", "x ", "\u{2025}/bob/secret", "．．/bob/secret"],
];
const METHODS = ["read_file", "list", "stat", "delete"] as const;

Deno.test("a path that climbs or is absolute is denied, one that is no path is an invalid argument", () =>
  withHost({}, async ({ as }) => {
    for (const [paths, expected] of [[CLIMBING, "denied"], [MALFORMED, "invalid_argument"]] as const) {
      for (const path of paths) {
        for (const method of METHODS) {
          assert.equal((await faultOf(() => as("mallory")[method](path))).code, expected, JSON.stringify(path));
        }
        assert.equal((await faultOf(() => as("mallory").write_file(path, "x"))).code, expected, JSON.stringify(path));
        assert.equal((await faultOf(() => as("@operator").write_file(path, "x"))).code, expected, JSON.stringify(path));
      }
    }
  }));

Deno.test("an oddly spelled path stays in the caller's own folder", () =>
  withHost({}, async ({ as, home }) => {
    for (const path of HARMLESS) {
      const { code } = await faultOf(() => as("mallory").read_file(path));
      // A name with dots in it reads as hidden when its dots are folded.
      assert.ok(code === "not_found" || code === "denied", `${path}: ${code}`);
    }
    await as("mallory").write_file("configs/principals.yml", "mine");
    assert.equal(Deno.readTextFileSync(`${home}/runtime/files/mallory/configs/principals.yml`), "mine");
  }));

Deno.test("no caller sees another's files, whatever its name is like", () =>
  withHost({}, async ({ as }) => {
    for (const name of ["mallory", "bo", "bob2", "bob/x/y", "@operator2", "Bob"]) {
      if (name.startsWith("@")) continue;
      assert.equal((await faultOf(() => as(name).read_file("secret"))).code, "not_found", name);
    }
    assert.deepEqual(await as("bob/x").read_file("secret"), { content: "of runtime/files/bob.x/secret" });
    for (const name of ["..", "../bob", "bob/../x", "bob.x", "", "bob/", "a b", "bob\0"]) {
      assert.equal((await faultOf(() => as(name).read_file("secret"))).code, "denied", name);
    }
  }));

Deno.test("a principal has its own folder, and can't pass for the operator", () =>
  withHost({}, async ({ as, home }) => {
    await as("@web", "console").write_file("x", "1");
    assert.equal(Deno.readTextFileSync(`${home}/runtime/files/@console/x`), "1");
    assert.equal((await faultOf(() => as("console").read_file("x"))).code, "not_found");
    for (const principal of ["operator", "@operator", "../bob", ""]) {
      assert.equal((await faultOf(() => as("@web", principal).read_file("docs/open.md"))).code, "denied", principal);
    }
  }));

const NEVER_READ = [
  ...[
    "configs/principals.yml",
    "configs/./principals.yml",
    "Configs/Principals.YML",
    "configs/principals.yaml",
    ".env",
    ".ENV",
    ".git/config",
    ".git",
  ],
  ...[
    "docs/.hidden",
    "docs/.h/x",
    "runtime/run/address",
    "runtime/run",
    "Runtime/run/address",
    "runtime/logs/host.jsonl",
    "runtime/image/live_image.kv",
  ],
  ...["ｃonfigs/principals.yml", "runtime/filesx/y", "runtime/files/.x"],
];
const NEVER_WRITTEN = [
  ...[
    "configs/x.yml",
    "configs/plugins.lock",
    "configs",
    "CONFIGS/x.yml",
    "plugins/p.ts",
    "plugins/new.ts",
    "prompts/p.txt",
    "kernel/k.ts",
    "kernel",
    "main.ts",
    "MAIN.ts",
  ],
  ...[
    "deno.json",
    "deno.lock",
    "runtime",
    "runtime/x",
    "runtime/run/x",
    "runtime/image/allowed/a.json",
    ".x",
    "docs/.x",
    "ｋernel/x.ts",
  ],
];

Deno.test("protected files are read and written by nobody, whatever roots say", () => {
  const all = [{ path: ".", mode: "rw" }, { path: "configs", mode: "rw" }, { path: "runtime", mode: "rw" }, {
    path: "main.ts",
    mode: "rw",
  }];
  return withHost({ roots: { deputy: all } }, async ({ as }) => {
    for (const who of ["@operator", "deputy"]) {
      for (const path of NEVER_READ) {
        for (const method of METHODS) {
          assert.equal((await faultOf(() => as(who)[method](path))).code, "denied", `${who} ${method} ${path}`);
        }
      }
      for (const path of [...NEVER_READ, ...NEVER_WRITTEN]) {
        assert.equal((await faultOf(() => as(who).write_file(path, "x"))).code, "denied", `${who} writes ${path}`);
        assert.equal((await faultOf(() => as(who).delete(path))).code, "denied", `${who} deletes ${path}`);
      }
      assert.deepEqual((await as(who).list("configs")).map(({ name }) => name), ["meta.yml"]);
      assert.deepEqual((await as(who).list("runtime")).map(({ name }) => name), ["files"]);
      assert.deepEqual((await as(who).list("docs")).map(({ name }) => name), ["open.md"]);
      assert.ok(!(await as(who).list()).some(({ name }) => name.startsWith(".")));
      assert.deepEqual(await as(who).read_file("kernel/k.ts"), { content: "of kernel/k.ts" });
    }
  });
});

Deno.test("a refusal names no path of the machine", () =>
  withHost({}, async ({ as, home }) => {
    Deno.mkdirSync(`${home}/runtime/files/mallory/d/e`, { recursive: true });
    const calls = [() => as("mallory").read_file("nope"), () =>
      as("mallory").delete("d"), () =>
      as("mallory").write_file("d", "x"), () =>
      as("mallory").read_file("../bob")];
    for (const call of calls) {
      const { message, hint } = await faultOf(call);
      assert.ok(!`${message}${hint}`.includes(home) && !message.includes("runtime/files/mallory"), message);
    }
  }));
