import assert from "node:assert/strict";
import { ALIVE } from "../../kernel/contract/channel.ts";
import { isStuck } from "../../kernel/watchdog/kernel_run.ts";

Deno.test("a kernel is stuck when it has been silent for longer than it may be, and never before it first said that it lives", () => {
  assert.equal(isStuck(1_000, 1_000 + ALIVE.silent_ms), false);
  assert.equal(isStuck(1_000, 1_001 + ALIVE.silent_ms), true);
  assert.equal(isStuck(undefined, 1_000_000), false);
  assert.ok(ALIVE.silent_ms >= 4 * ALIVE.every_ms, "a busy machine may be late several times");
});
