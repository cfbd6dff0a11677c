import assert from "node:assert/strict";
import { readSignal, SAME_SIGNAL_MS } from "../../kernel/watchdog/signals.ts";

Deno.test("readSignal takes the first signal as stop, one within 500 ms as its echo and a later one as now", () => {
  assert.equal(readSignal(undefined, 5), "stop");
  assert.equal(readSignal(5, 5), "echo");
  assert.equal(readSignal(5, 5 + SAME_SIGNAL_MS), "echo");
  assert.equal(readSignal(5, 5 + SAME_SIGNAL_MS + 1), "now");
});
