import assert from "node:assert/strict";
import { pause } from "../../kernel/primitives/pause.ts";
import { FakeClock } from "./fake_clock.ts";

Deno.test("pause ends when its time has passed, and not before", async () => {
  const clock = new FakeClock();
  let over = false;
  const paused = pause(clock, 10).then(() => over = true);
  clock.advance(9);
  await Promise.resolve();
  assert.equal(over, false);
  clock.advance(1);
  await paused;
});
