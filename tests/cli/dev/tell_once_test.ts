import assert from "node:assert/strict";
import { tellOnce } from "../../../kernel/cli/dev/tell_once.ts";

Deno.test("tellOnce passes over what was said of a place just now, in whatever words", () => {
  let now = 0;
  const once = tellOnce(() => now);
  assert.equal(once("plugins/a.ts:2:7: Expression expected\n  2 | x"), true);
  assert.equal(once("plugins/a.ts:2:7 - Expression expected."), false);
  assert.equal(once("plugins/a.ts:3:7 - Expression expected."), true);
  assert.equal(once("types fit"), true);
  assert.equal(once("types fit"), false);
  now = 2_001;
  assert.equal(once("types fit"), true);
  assert.equal(once("plugins/a.ts:2:7 - Expression expected."), true);
});
