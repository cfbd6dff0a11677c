import assert from "node:assert/strict";
import { type LockSeen, settleLock } from "../../kernel/config/settle_lock.ts";
import { SETTLE_MS } from "../../kernel/config/settle.ts";

const BOTH = "a: {origin: local}\nb: {origin: local}\n";
const SEEN: LockSeen = { text: BOTH, readable: BOTH };
const ONE = "a: {origin: local}\n";

Deno.test("settleLock takes the first look, a longer lock and one that cannot be read as they stand", () => {
  let seen: LockSeen | undefined;
  for (const text of [undefined, ONE, BOTH, "a: {origin: local}\nb: {origin: l", BOTH, `${BOTH}# more`]) {
    const { seen: next, look_again_ms } = settleLock(seen, text, 0);
    assert.deepEqual([next.text, look_again_ms], [text, undefined]);
    seen = next;
  }
});

Deno.test("settleLock believes that a line is gone when it is gone for 200 ms", () => {
  for (const shorter of [ONE, undefined]) {
    const first = settleLock(SEEN, shorter, 1_000);
    assert.deepEqual([first.seen.text, first.look_again_ms], [BOTH, SETTLE_MS]);
    const last = settleLock(first.seen, shorter, 1_000 + SETTLE_MS - 1);
    assert.deepEqual([last.seen.text, last.look_again_ms], [BOTH, 1]);
    assert.equal(settleLock(last.seen, shorter, 1_000 + SETTLE_MS).seen.text, shorter);
  }
});

Deno.test("settleLock waits anew for each other text, and not any more when the line is back", () => {
  const first = settleLock(SEEN, undefined, 0);
  const other = settleLock(first.seen, ONE, SETTLE_MS);
  assert.deepEqual([other.seen.text, other.look_again_ms], [BOTH, SETTLE_MS]);
  assert.deepEqual(settleLock(other.seen, BOTH, SETTLE_MS).seen, SEEN);
});

Deno.test("settleLock remembers the lines of a lock that could not be read in between", () => {
  const broken = settleLock(SEEN, "a: {origin: l", 0);
  assert.equal(broken.seen.text, "a: {origin: l");
  const shorter = settleLock(broken.seen, ONE, 10);
  assert.deepEqual([shorter.seen.text, shorter.look_again_ms], ["a: {origin: l", SETTLE_MS]);
  assert.equal(settleLock(shorter.seen, ONE, 10 + SETTLE_MS).seen.text, ONE);
});
