import assert from "node:assert/strict";
import { FIRST_LOOK_MS, GROWTH_BYTES, keepLean, LOOK_MS } from "../../kernel/primitives/keep_lean.ts";
import { FakeClock } from "./fake_clock.ts";

const LEFT = 20_000_000;

Deno.test("keepLean releases after the start, then only when more than GROWTH_BYTES have gathered", () => {
  const clock = new FakeClock();
  let rss = 3 * LEFT;
  let releases = 0;
  keepLean({
    after: (ms, then) => clock.after(ms, then),
    rss: () => rss,
    release: () => {
      releases++;
      rss = LEFT;
    },
  });
  clock.advance(FIRST_LOOK_MS - 1);
  assert.equal(releases, 0);
  clock.advance(1);
  assert.equal(releases, 1);
  rss = LEFT + GROWTH_BYTES;
  clock.advance(LOOK_MS);
  assert.equal(releases, 1);
  rss = LEFT + GROWTH_BYTES + 1;
  clock.advance(LOOK_MS);
  assert.equal(releases, 2);
});

Deno.test("keepLean looks no more once it is ended", () => {
  const clock = new FakeClock();
  const end = keepLean({
    after: (ms, then) => clock.after(ms, then),
    rss: () => LEFT,
    release: () => assert.fail("it was ended"),
  });
  end();
  end();
  clock.advance(10 * LOOK_MS);
  assert.equal(clock.pending, 0);
});
