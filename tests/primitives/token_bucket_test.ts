import assert from "node:assert/strict";
import { TokenBucket } from "../../kernel/primitives/token_bucket.ts";

Deno.test("TokenBucket gives its burst and refuses one more", () => {
  const bucket = new TokenBucket({ per_s: 10, burst: 3 }, 0);
  assert.deepEqual([1, 2, 3, 4].map(() => bucket.take(1, 0)), [true, true, true, false]);
});

Deno.test("TokenBucket fills at its rate, up to its burst", () => {
  const bucket = new TokenBucket({ per_s: 10, burst: 3 }, 0);
  assert.equal(bucket.take(3, 0), true);
  assert.equal(bucket.waitMs(1, 0), 100);
  assert.equal(bucket.take(1, 99), false);
  assert.equal(bucket.take(1, 100), true);
  assert.equal(bucket.take(3, 1_000_000), true);
  assert.equal(bucket.take(1, 1_000_000), false);
});

Deno.test("TokenBucket has a second's worth as its burst unless told", () => {
  const bucket = new TokenBucket({ per_s: 200 }, 0);
  assert.equal(bucket.take(200, 0), true);
  assert.equal(bucket.take(1, 0), false);
});

Deno.test("TokenBucket lets more than its burst through when full, and works the debt off", () => {
  const bucket = new TokenBucket({ per_s: 1_000, burst: 100 }, 0);
  assert.equal(bucket.take(500, 0), true);
  assert.equal(bucket.take(1, 400), false);
  assert.equal(bucket.waitMs(1, 400), 1);
  assert.equal(bucket.take(1, 401), true);
});

Deno.test("TokenBucket gives nothing for a clock that goes back", () => {
  const bucket = new TokenBucket({ per_s: 10, burst: 1 }, 1_000);
  assert.equal(bucket.take(1, 1_000), true);
  assert.equal(bucket.take(1, 0), false);
  assert.equal(bucket.take(1, 1_050), false);
});
