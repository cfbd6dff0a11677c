import assert from "node:assert/strict";
import { isPackageName, isPackageVersion, packageFile, parsePackagesLock } from "../../kernel/loader/mod.ts";

const HASH = "a".repeat(64);
const line = (more = "") => `x:\n  version: 1.0.0\n  sha256: ${HASH}\n  contains: {x@1.0.0: sha512-abc}\n${more}`;

Deno.test("parsePackagesLock reads lines, and a missing or empty lock as none", () => {
  for (const text of [undefined, "", "# nothing\n"]) {
    assert.deepEqual(parsePackagesLock(text), { ok: true, value: new Map() });
  }
  const lock = parsePackagesLock(line());
  assert.ok(lock.ok);
  assert.deepEqual(lock.value.get("x"), { version: "1.0.0", sha256: HASH, contains: { "x@1.0.0": "sha512-abc" } });
});

for (
  const [what, text, found] of [
    ["broken YAML", "x: {", /packages\.lock cannot be read/],
    ["a list", "- x", /it is no map of names/],
    [
      "a name with a path",
      `../x: {version: 1.0.0, sha256: ${HASH}, contains: {}}`,
      /"\.\.\/x" is no name of a package/,
    ],
    ["a version that leads elsewhere", line().replace("1.0.0\n", "1.0.0/../../y\n"), /x: version is no exact version/],
    ["a hash that is none", line().replace(HASH, "abc"), /x: sha256 is no SHA-256 in hex/],
    ["a line that is no map", "x: 1.0.0", /x: it is no map/],
    ["integrities that are no texts", line().replace("sha512-abc", "1"), /x: contains is no map/],
  ] as const
) {
  Deno.test(`parsePackagesLock refuses ${what}`, () => {
    const lock = parsePackagesLock(text);
    assert.ok(!lock.ok);
    assert.equal(lock.fault.code, "config_invalid");
    assert.match(lock.fault.message, found);
  });
}

Deno.test("isPackageName and isPackageVersion admit nothing that a path could mean", () => {
  for (const name of ["x", "a.b", "@scope/x", "a..b", "x".repeat(128)]) assert.ok(isPackageName(name), name);
  for (
    const name of ["", ".", "..", ".x", "a/b", "@a/b/c", "@/x", "A", "x\n", "x ", "a\\b", "@a/../b", "x".repeat(129), 1]
  ) {
    assert.ok(!isPackageName(name), String(name));
  }
  for (const version of ["1.0.0", "1.0.0-rc.1", "999999999.0.0"]) assert.ok(isPackageVersion(version), version);
  for (const version of ["1", "1.0", "^1.0.0", "latest", "1.0.0/x", "1.0.0\n", "1.0.0-", "1000000000.0.0", "v1.0.0"]) {
    assert.ok(!isPackageVersion(version), version);
  }
});

Deno.test("packageFile gives no two packages one file", () => {
  const files = ["@a/b", "a-b", "a.b", "a_b", "ab"].map((name) => packageFile(name, "1.0.0"));
  assert.equal(new Set(files).size, files.length);
  assert.equal(files[0], "runtime/packages/@a+b@1.0.0.mjs");
});
