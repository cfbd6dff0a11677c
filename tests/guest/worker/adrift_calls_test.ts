import assert from "node:assert/strict";
import { openAdriftCalls } from "../../../kernel/guest/worker/adrift_calls.ts";

Deno.test("each caller may leave sixteen times calls_in_flight calls behind, and calls again when one has ended", () => {
  const adrift = openAdriftCalls("notes", { calls_in_flight: 2 });
  for (let i = 0; i < 31; i++) adrift.began("ui");
  assert.equal(adrift.refuse("ui"), undefined);
  adrift.began("ui");
  assert.deepEqual([adrift.refuse("ui")?.code, adrift.refuse("other")], ["rate_limited", undefined]);
  assert.equal(adrift.refuse("ui")?.message, "32 calls of 'ui' that were given up still run in 'notes'; no more may");
  adrift.ended("ui");
  assert.equal(adrift.refuse("ui"), undefined);
});
