import assert from "node:assert/strict";
import { isWithin, pathViolation, protectedBy } from "../../../kernel/guest/worker/bound_path.ts";

Deno.test("pathViolation admits relative paths and refuses every other", () => {
  for (const path of [".", "a", "a/b", "a/b.txt", "a..b/c...d", "ü/日本", "a".repeat(4_096)]) {
    assert.equal(pathViolation(path), undefined, path);
  }
  const bad = [
    "",
    "/",
    "/a",
    "a/",
    "a//b",
    "..",
    "../a",
    "a/..",
    "a/../b",
    "./a",
    "a/.",
    "a/./b",
    "a\0b",
    "a\\b",
    "a".repeat(4_097),
    null,
    undefined,
    5,
    ["a"],
  ];
  for (const path of bad) assert.equal(typeof pathViolation(path), "string", String(path));
});

Deno.test("isWithin compares whole parts", () => {
  assert.ok(isWithin("a/b", "a") && isWithin("a", "a") && isWithin("x/y", "."));
  assert.ok(!isWithin("ab", "a") && !isWithin("a", "a/b") && !isWithin(".", "a"));
});

Deno.test("protectedBy knows what is never readable and what is never writable", () => {
  const never = [
    "runtime/logs/x",
    "runtime/run/k.sock",
    "runtime/filesx",
    ".git/config",
    "a/.b",
    ".env",
    "configs/principals.yml",
    "configs/principals.yaml",
    "runtime/files/.x",
  ];
  for (const path of never) {
    assert.equal(typeof protectedBy(path, "read"), "string", path);
    assert.equal(typeof protectedBy(path, "write"), "string", path);
  }
  for (
    const path of [
      "configs",
      "configs/a.yml",
      "plugins/x.ts",
      "prompts/p.txt",
      "kernel/k.ts",
      "main.ts",
      "deno.json",
      "deno.lock",
      "runtime",
    ]
  ) {
    assert.equal(protectedBy(path, "read"), undefined, path);
    assert.equal(typeof protectedBy(path, "write"), "string", path);
  }
  for (
    const path of [".", "runtime/files", "runtime/files/a/b", "notes/a.txt", "mykernel/x", "deno.jsonc", "docs/main.ts"]
  ) {
    assert.equal(protectedBy(path, "read"), undefined, path);
    assert.equal(protectedBy(path, "write"), undefined, path);
  }
});
