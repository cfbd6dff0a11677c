import assert from "node:assert/strict";
import { followingEpoch, nextEpoch } from "../../kernel/watchdog/next_epoch.ts";

Deno.test("nextEpoch starts at 1 and grows over its users", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/epoch`;
  assert.deepEqual([nextEpoch(file, 0), nextEpoch(file, 0), nextEpoch(file, 0)], [1, 2, 3]);
  assert.equal(Deno.readTextFileSync(file), "3\n");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("followingEpoch goes on beyond any former count when the file is no number", () => {
  for (const text of ["", "x", "-1", "1.5", "1e3", "9".repeat(13)]) {
    assert.equal(followingEpoch(text, 1_790_000_000_500), 1_790_000_000);
  }
  assert.equal(followingEpoch("1790000000\n", 0), 1_790_000_001);
});
