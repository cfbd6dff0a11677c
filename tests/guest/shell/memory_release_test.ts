import assert from "node:assert/strict";
import { MemoryRelease, type ReleaseLook } from "../../../kernel/guest/shell/memory_release.ts";

const MIB = 1_048_576;
const look = (release: MemoryRelease, rss_mb: number, how: Partial<ReleaseLook> = {}) =>
  release.look({ rss: rss_mb * MIB, own: 0, now: 0, quiet_ms: 0, spared: true, ...how });

Deno.test("MemoryRelease of cells that fall silent together comes at other times, within six seconds", () => {
  const at = [0, 0.25, 0.5, 0.999].map((spread) => {
    const release = new MemoryRelease(1_000, spread);
    for (let now = 0;; now += 100) if (look(release, 60, { now, quiet_ms: now }) === "all") return now;
  });
  assert.deepEqual(at, [1_000, 2_500, 4_000, 7_000]);
});

Deno.test("MemoryRelease comes in the first quiet moment after its time, also where something happens now and then", () => {
  const release = new MemoryRelease(1_000, 0.5);
  const told = [[1_000, 1_000], [2_000, 10], [3_000, 1_010], [4_100, 50], [5_100, 1_050]].map(([now, quiet_ms]) =>
    look(release, 60, { now: now!, quiet_ms: quiet_ms! })
  );
  assert.deepEqual(told, ["nothing", "nothing", "nothing", "nothing", "all"]);
});

Deno.test("MemoryRelease says how long it still waits, and nothing where no quiet moment has called for one", () => {
  const release = new MemoryRelease(1_000, 0.5);
  assert.equal(release.in(0), undefined);
  look(release, 60, { now: 1_000, quiet_ms: 1_000 });
  assert.deepEqual([1_000, 3_999, 5_000].map((now) => release.in(now)), [3_000, 1, 0]);
  look(release, 60, { now: 5_000, quiet_ms: 5_000 });
  assert.equal(release.in(5_000), undefined);
});

Deno.test("MemoryRelease waits for nothing any more when V8 has collected by itself meanwhile", () => {
  const release = new MemoryRelease(1_000, 0.5);
  look(release, 60, { now: 1_000, quiet_ms: 4_000 });
  look(release, 60, { now: 4_000, quiet_ms: 4_000 });
  look(release, 60, { now: 5_000, quiet_ms: 1_000 });
  look(release, 63, { now: 9_000, quiet_ms: 1_000 });
  assert.equal(release.in(9_000), 3_000);
  look(release, 61, { now: 10_000, quiet_ms: 10 });
  assert.equal(release.in(10_000), undefined);
});

Deno.test("MemoryRelease under pressure waits for nothing", () => {
  const release = new MemoryRelease(100, 0.999);
  assert.equal(look(release, 70), "nothing");
  assert.equal(look(release, 70 + 1 / MIB), "workers");
});

Deno.test("MemoryRelease under pressure has the shell's thread collect when more than 2 MB are its own since it did last", () => {
  const release = new MemoryRelease(100, 0);
  const looks: [number, number][] = [[60, 5], [75, 7], [76, 7], [90, 7.1], [80, 5], [86, 7.1], [92, 7.2]];
  const told = looks.map(([rss, own]) => look(release, rss, { own: own * MIB }));
  assert.deepEqual(told, ["nothing", "workers", "nothing", "all", "nothing", "all", "nothing"]);
});

Deno.test("MemoryRelease leaves the shell's thread out where it can't be spared", () => {
  const release = new MemoryRelease(100, 0);
  look(release, 60);
  assert.equal(look(release, 80, { own: 20 * MIB, spared: false }), "workers");
  look(release, 80, { own: 20 * MIB, spared: false });
  assert.equal(look(release, 86, { own: 20 * MIB }), "all");
});
