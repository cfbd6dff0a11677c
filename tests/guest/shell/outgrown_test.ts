import assert from "node:assert/strict";
import { outgrown } from "../../../kernel/guest/shell/outgrown.ts";

Deno.test("outgrown looks each millisecond until there are more bytes than those, not as many", async () => {
  const found = [99, 100, 101];
  const pauses: number[] = [];
  await outgrown({
    rss: () => found.shift()!,
    clock: {
      after: (ms, then) => {
        pauses.push(ms);
        queueMicrotask(then);
        return () => {};
      },
    },
  }, 100);
  assert.deepEqual([found, pauses], [[], [1, 1]]);
});
