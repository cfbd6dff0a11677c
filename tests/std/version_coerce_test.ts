import assert from "node:assert/strict";
import { format } from "@std/semver";
import { coerceVersion } from "../../kernel/std/version_coerce.ts";

Deno.test("coerceVersion reads loose versions", () => {
  const cases = {
    v1: "1.0.0",
    "1.10": "1.10.0",
    "v2.1": "2.1.0",
    "v1.0": "1.0.0",
    "1.2.3": "1.2.3",
    "v1.2.3-rc.1": "1.2.3-rc.1",
    "0": "0.0.0",
  };
  for (const [text, version] of Object.entries(cases)) assert.equal(format(coerceVersion(text)!), version);
});

Deno.test("coerceVersion gives undefined where there is no number", () => {
  for (const text of ["", "v", "latest"]) assert.equal(coerceVersion(text), undefined);
});

Deno.test("coerceVersion reads 16 digits at most, and no unsafe number", () => {
  assert.equal(format(coerceVersion("v9007199254740991")!), "9007199254740991.0.0");
  assert.equal(coerceVersion("v9007199254740992"), undefined);
});
