import assert from "node:assert/strict";
import { CpuGuard } from "../../../kernel/guest/shell/cpu_guard.ts";
import { CPU } from "../../../kernel/guest/shell/cpu_watch.ts";
import { FakeClock } from "../../primitives/fake_clock.ts";

async function script(
  { dormant = () => false, owes = () => false, allowed = 100 }: {
    dormant?: () => boolean;
    owes?: () => boolean;
    allowed?: number;
  } = {},
) {
  const clock = new FakeClock();
  const seen = { prepared: 0, held: [] as boolean[], above: [] as number[], burns: 0, used: 0 };
  const guard = new CpuGuard({
    clock,
    module_cpu_ms: () => seen.used,
    prepareFigures: () => Promise.resolve(void seen.prepared++),
  }, {
    allowed: () => allowed,
    ...{ owes, dormant },
    hold: (hold) => seen.held.push(hold),
    above: (found) => seen.above.push(found),
    burns: () => seen.burns++,
  });
  /** Half seconds in which so many percent of a core are used. */
  const work = async (halves: number, percent: number) => {
    for (let i = 0; i < halves; i++) {
      clock.advance(500);
      seen.used += 5 * percent;
      guard.looked();
      await Promise.resolve();
      await Promise.resolve();
    }
  };
  await work(1, 0);
  return { seen, work, guard };
}

Deno.test("CpuGuard measures only a cell that works for some seconds on end: what it takes to measure is not free", async () => {
  const idle = await script({ dormant: () => true });
  await idle.work(100, 0);
  assert.deepEqual([idle.seen.prepared, idle.guard.figures], [0, {}]);
  let turn = 0;
  const now_and_then = await script({ dormant: () => ++turn % 4 === 0 });
  await now_and_then.work(100, 50);
  assert.equal(now_and_then.seen.prepared, 0);
  const busy = await script();
  await busy.work(CPU.prepare_ms / 500, 50);
  assert.equal(busy.seen.prepared, 1);
  await busy.work(4, 50);
  assert.deepEqual([busy.seen.prepared, busy.guard.figures], [1, { cpu_percent: 50 }]);
});

Deno.test("CpuGuard holds back what a cell above its limit is told, tells of it, and says when it burns by itself", async () => {
  const { seen, work } = await script();
  await work(CPU.prepare_ms / 500 + 2, 10);
  assert.deepEqual([seen.held.includes(true), seen.above], [false, []]);
  await work(2, 200);
  assert.deepEqual([seen.held.at(-1), seen.above, seen.burns], [true, [200], 0]);
  await work(CPU.burn_ms / 500, 200);
  assert.ok(seen.burns >= 1);
});

Deno.test("CpuGuard has nothing to say of a cell without modules", async () => {
  const { seen, work } = await script({ allowed: 0 });
  await work(60, 200);
  assert.deepEqual([seen.held, seen.above, seen.burns], [[], [], 0]);
});
