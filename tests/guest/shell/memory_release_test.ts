import assert from "node:assert/strict";
import { MemoryRelease, RELEASE } from "../../../kernel/guest/shell/memory_release.ts";

const MIB = 1_048_576;

Deno.test("MemoryRelease of cells that fall silent together comes at other times, within seven seconds", () => {
  const at = [0, 0.25, 0.5, 0.999].map((spread) => {
    const release = new MemoryRelease(1_000, spread);
    for (let quiet = 0;; quiet += 100) if (release.look({ rss: 60 * MIB, own: 0 }, quiet) === "all") return quiet;
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
  assert.equal(release.look({ rss: 70 * MIB, own: 0 }, 0), "nothing");
  assert.equal(release.look({ rss: 70 * MIB + 1, own: 0 }, 0), "workers");
});

Deno.test("MemoryRelease under pressure has the shell's thread collect when more than 2 MB are its own since it did last", () => {
  const release = new MemoryRelease(100, 0);
  const looks: [number, number][] = [[60, 5], [75, 7], [76, 7], [90, 7.1], [80, 5], [86, 7.1], [92, 7.2]];
  const told = looks.map(([rss, own]) => release.look({ rss: rss * MIB, own: own * MIB }, 0));
  assert.deepEqual(told, ["nothing", "workers", "nothing", "all", "nothing", "all", "nothing"]);
});

Deno.test("MemoryRelease leaves the shell's thread out where it can't be spared", () => {
  const release = new MemoryRelease(100, 0);
  release.look({ rss: 60 * MIB, own: 0 }, 0);
  assert.equal(release.look({ rss: 80 * MIB, own: 20 * MIB, spared: false }, 0), "workers");
  release.look({ rss: 80 * MIB, own: 20 * MIB, spared: false }, 0);
  assert.equal(release.look({ rss: 86 * MIB, own: 20 * MIB, spared: true }, 0), "all");
});
