import assert from "node:assert/strict";
import { readRetryAfter } from "../../../plugins/openai/retry_after.ts";
import { planRetry } from "../../../plugins/openai/retry_plan.ts";

const plan = (more: Partial<Parameters<typeof planRetry>[0]>) =>
  planRetry({ failed: 1, retries: 3, after_ms: undefined, left_ms: 100_000, unit: 0, ...more });

Deno.test("planRetry doubles its pause from 500 ms to 20 s, between half and all of it", () => {
  const pauses = (unit: number) => [1, 2, 3, 4, 5, 6, 7, 8].map((failed) => plan({ failed, retries: 10, unit }));
  assert.deepEqual(pauses(0), [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000].map((wait_ms) => ({ wait_ms })));
  assert.deepEqual(plan({ unit: 0.999 }), { wait_ms: 500 });
});

Deno.test("planRetry gives up after the last retry, and at once where none is allowed", () => {
  assert.deepEqual(plan({ failed: 3 }), { wait_ms: 1_000 });
  assert.deepEqual(plan({ failed: 4 }), { because: "it was tried 4 times" });
  assert.deepEqual(plan({ retries: 0 }), {});
});

Deno.test("planRetry waits as long as the server asks for, when there is time for it", () => {
  assert.deepEqual(plan({ after_ms: 7_000 }), { wait_ms: 7_000 });
  assert.deepEqual(plan({ after_ms: 10, unit: 0 }), { wait_ms: 250 });
  assert.deepEqual(plan({ after_ms: 99_999 }), { wait_ms: 99_999 });
  assert.deepEqual(plan({ after_ms: 100_000 }), { because: "it asks to wait 100 s, and 100 s are left" });
  assert.deepEqual(plan({ left_ms: 250 }), { because: "no time is left to try again" });
});

Deno.test("readRetryAfter reads seconds, milliseconds and dates, and nothing else", () => {
  const read = (headers: Record<string, string>) =>
    readRetryAfter(new Headers(headers), Date.parse("2026-03-14T12:00:00Z"));
  assert.equal(read({ "retry-after": "2" }), 2_000);
  assert.equal(read({ "retry-after": "0.25" }), 250);
  assert.equal(read({ "retry-after-ms": "40", "retry-after": "2" }), 40);
  assert.equal(read({ "retry-after": "Sat, 14 Mar 2026 12:00:05 GMT" }), 5_000);
  assert.equal(read({ "retry-after": "Sat, 14 Mar 2026 11:00:00 GMT" }), 0);
  for (const text of ["", "soon", "-1", "1e9999"]) assert.equal(read({ "retry-after": text }), undefined, text);
  assert.equal(readRetryAfter(undefined, 0), undefined);
});
