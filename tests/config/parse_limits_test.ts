import assert from "node:assert/strict";
import { DEFAULT_LIMITS, LIMIT_NAMES } from "../../kernel/contract/limits.ts";
import { messageOf, specOf } from "./parsed.ts";

Deno.test("parseLimits merges what is set into the defaults", () => {
  assert.deepEqual(specOf("limits: {timers: 5, drain_ms: 1}").limits, { ...DEFAULT_LIMITS, timers: 5, drain_ms: 1 });
});

Deno.test("parseLimits allows 1 and refuses 0, less, fractions and texts, for each limit", () => {
  for (const name of LIMIT_NAMES) {
    assert.equal(specOf(`limits: {${name}: 1}`).limits[name], 1);
    for (const found of ["0", "-1", "1.5", '"7"', "true", "[1]"]) {
      assert.match(
        messageOf(`limits:\n  ${name}: ${found}`),
        new RegExp(`^configs/a\\.yml:2: limits\\.${name}: found .+, allowed: a whole number from 1 to \\d+$`),
      );
    }
  }
});

Deno.test("parseLimits allows the highest value and refuses the next", () => {
  const last = (name: string) =>
    name.endsWith("_ms") ? 2_147_483_647 : name.endsWith("_mb") ? 1_048_576 : Number.MAX_SAFE_INTEGER;
  for (const name of LIMIT_NAMES) {
    assert.equal(specOf(`limits: {${name}: ${last(name)}}`).limits[name], last(name));
    assert.match(
      messageOf(`limits: {${name}: ${last(name) + 1}}`),
      new RegExp(`allowed: a whole number from 1 to ${last(name)}$`),
    );
  }
});

Deno.test("parseLimits refuses an unknown key and lists the known ones", () => {
  assert.equal(
    messageOf("limits:\n  timers: 1\n  timer: 2\n"),
    `configs/a.yml:3: limits: found the unknown key "timer", allowed: ${LIMIT_NAMES.join(", ")}`,
  );
  assert.match(messageOf("limits: {__proto__: 1}"), /limits: found the unknown key "__proto__"/);
  assert.match(messageOf("limits: 5"), /limits: found 5, allowed: a map of memory_mb, /);
});
