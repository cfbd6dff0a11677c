import assert from "node:assert/strict";
import { MemoryRelease, RELEASE } from "../../../kernel/guest/shell/memory_release.ts";

const MIB = 1_048_576;

Deno.test("MemoryRelease of cells that fall silent together comes at other times, within seven seconds", () => {
  const at = [0, 0.25, 0.5, 0.999].map((spread) => {
    const release = new MemoryRelease(1_000, spread);
    for (let quiet = 0;; quiet += 100) if (release.look(60 * MIB, quiet)) return quiet;
  });
  assert.deepEqual(at, [1_000, 2_500, 4_000, 7_000]);
  assert.equal(RELEASE.quiet_ms + RELEASE.spread_ms, 7_000);
});

Deno.test("MemoryRelease says how long it still waits, and nothing once its time has come", () => {
  const release = new MemoryRelease(1_000, 0.5);
  assert.equal(release.in(0), 4_000);
  assert.equal(release.in(3_999), 1);
  assert.equal(release.in(4_000), undefined);
});

Deno.test("MemoryRelease under pressure waits for nothing", () => {
  const release = new MemoryRelease(100, 0.999);
  assert.equal(release.look(70 * MIB, 0), false);
  assert.equal(release.look(70 * MIB + 1, 0), true);
});
