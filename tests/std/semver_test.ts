import assert from "node:assert/strict";
import fc from "fast-check";
import { compare, format, greaterThan, parse, tryParse } from "@std/semver";

Deno.test("parse gives plain data", () => {
  const version = { major: 1, minor: 2, patch: 3, prerelease: ["rc", 1], build: ["b", "7"] };
  assert.deepEqual(parse("1.2.3-rc.1+b.7"), version);
  assert.equal(Object.getPrototypeOf(parse("1.2.3")), Object.prototype);
  assert.deepEqual(parse("1.2.3"), { major: 1, minor: 2, patch: 3, prerelease: [], build: [] });
});

Deno.test("parse allows spaces around a version and a leading v", () => {
  assert.equal(format(parse(" v1.2.3\n")), "1.2.3");
});

Deno.test("parse throws TypeError and tryParse gives undefined for what is no version", () => {
  for (
    const text of [
      "",
      "1",
      "1.2",
      "=1.2.3",
      "1.2.3.4",
      "01.2.3",
      "1.2.3-01",
      "x",
      "9007199254740992.0.0",
      "1.0.0-" + "a".repeat(256),
    ]
  ) {
    assert.throws(() => parse(text), {
      name: "TypeError",
      message: `Cannot parse version "${text}": expected a text such as "1.2.3"`,
    });
    assert.equal(tryParse(text), undefined);
  }
  assert.equal(tryParse(undefined as unknown as string), undefined);
});

Deno.test("parse accepts the highest safe number and refuses the next", () => {
  assert.equal(parse("9007199254740991.0.0").major, Number.MAX_SAFE_INTEGER);
  assert.throws(() => parse("9007199254740992.0.0"), TypeError);
});

Deno.test("format keeps prerelease and build", () => {
  for (const text of ["1.2.3", "0.0.0", "1.2.3-rc.1", "1.2.3+b.7", "1.2.3-rc.1+b.7"]) {
    assert.equal(format(parse(text)), text);
  }
  assert.equal(format({ major: 1, minor: 2, patch: 3 }), "1.2.3");
});

Deno.test("compare orders by numbers, prereleases before their release, and passes over builds", () => {
  const order = [
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-2.a",
    "1.0.0-rc.2",
    "1.0.0-rc.10",
    "1.0.0",
    "1.9.0",
    "1.10.0",
    "2.0.0",
  ];
  const sorted = [...order].reverse().map(parse).sort(compare).map(format);
  assert.deepEqual(sorted, ["1.0.0-2.a", ...order.filter((text) => text !== "1.0.0-2.a")]);
  assert.equal(compare(parse("1.0.0+a"), parse("1.0.0+b")), 0);
  assert.equal(compare({ major: 1, minor: 0, patch: 0 }, parse("1.0.0")), 0);
});

Deno.test("greaterThan is true for the higher version only", () => {
  assert.equal(greaterThan(parse("1.10.0"), parse("1.9.0")), true);
  assert.equal(greaterThan(parse("1.9.0"), parse("1.9.0")), false);
  assert.equal(greaterThan(parse("1.9.0"), parse("1.10.0")), false);
});

Deno.test("compare is antisymmetric for any versions", () => {
  const version = fc.record({
    major: fc.nat(3),
    minor: fc.nat(3),
    patch: fc.nat(3),
    prerelease: fc.array(fc.oneof(fc.nat(3), fc.constantFrom("a", "b")), { maxLength: 2 }),
  });
  fc.assert(fc.property(version, version, (a, b) => assert.equal(compare(a, b) + compare(b, a), 0)));
});
