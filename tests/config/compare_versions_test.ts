import assert from "node:assert/strict";
import fc from "fast-check";
import { compareVersions } from "../../kernel/config/compare_versions.ts";

Deno.test("compareVersions compares numbers as numbers", () => {
  assert.equal(compareVersions("1.10", "1.9"), 1);
  assert.equal(compareVersions("2", "10"), -1);
  assert.equal(compareVersions("2026.01.05.2", "2026.1.5.1"), 1);
  assert.equal(compareVersions("99999999999999999999", "99999999999999999998"), 1);
});

Deno.test("compareVersions counts what is missing as 0 and leading zeros as nothing", () => {
  assert.equal(compareVersions("1", "1.0"), 0);
  assert.equal(compareVersions("1.0.0.1", "1"), 1);
  assert.equal(compareVersions("01.02", "1.2"), 0);
});

Deno.test("compareVersions puts no version below everything", () => {
  assert.equal(compareVersions("", "0"), -1);
  assert.equal(compareVersions("0", ""), 1);
  assert.equal(compareVersions("", ""), 0);
});

Deno.test("compareVersions orders the same both ways round", () => {
  const version = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 }).map((numbers) => numbers.join("."));
  fc.assert(fc.property(version, version, (a, b) => compareVersions(a, b) === 0 - compareVersions(b, a)));
});
