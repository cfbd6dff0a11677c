import assert from "node:assert/strict";
import { FIRST_LOOK_MS, GROWTH_BYTES, keepLean, LONGEST_MS, LOOK_MS } from "../../kernel/primitives/keep_lean.ts";
import { FakeClock } from "./fake_clock.ts";

const LEFT = 20_000_000;

Deno.test("keepLean releases after the start, then only when more than GROWTH_BYTES have gathered", () => {
  const clock = new FakeClock();
  let rss = 3 * LEFT;
  let releases = 0;
  keepLean({
    clock,
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
    clock,
    rss: () => LEFT,
    release: () => assert.fail("it was ended"),
  });
  end();
  end();
  clock.advance(10 * LOOK_MS);
  assert.equal(clock.pending, 0);
});

Deno.test("keepLean waits a thousand times as long as a release took, two minutes at most", () => {
  const clock = new FakeClock();
  let now = 0;
  let takes = 0;
  const releases: number[] = [];
  let rss = 0;
  keepLean({
    clock: { after: (ms, then) => clock.after(ms, then), monotonic: () => now },
    rss: () => rss += GROWTH_BYTES + 1,
    release: () => {
      releases.push(clock.monotonic());
      now += takes;
    },
  });
  const next = (took: number) => {
    takes = took;
    for (const before = releases.length; releases.length === before;) clock.advance(1_000);
    return releases.at(-1)!;
  };
  const first = next(15);
  const second = next(16);
  const third = next(200);
  const fourth = next(0);
  assert.deepEqual([second - first, third - second, fourth - third], [LOOK_MS, 16_000, LONGEST_MS]);
});
