import assert from "node:assert/strict";
import { WarmCells } from "../../kernel/cell/mod.ts";
import { Semaphore } from "../../kernel/primitives/semaphore.ts";
import { NEEDS, settled, TableKit } from "./scripted_cell.ts";

/** A table whose watchdog starts every process at once. */
function open(count: number) {
  const kit = new TableKit();
  const starting = new Semaphore(2);
  const watchdog = { send: (message: (typeof kit.orders)[number]) => kit.orders.push(message) };
  const warm = new WarmCells({ cells: kit.table, watchdog, clock: kit.clock, starting, count });
  let served = 0;
  /** Lets processes come up that were ordered, one after the other. */
  const come = async () => {
    for (let round = 0; round < 10; round++) {
      kit.clock.advance(0);
      await settled();
      if (served === kit.started.length) return;
      const { cell } = kit.started[served++]!;
      kit.known(cell);
      await kit.attached(cell);
      await settled();
    }
  };
  return { kit, warm, starting, come };
}

Deno.test("WarmCells starts as many as asked for once it is open, one after the other, blank", async () => {
  const { kit, warm, come } = open(2);
  await come();
  assert.equal(kit.started.length, 0);
  warm.open();
  kit.clock.advance(0);
  await settled();
  assert.equal(kit.started.length, 1);
  await come();
  assert.deepEqual([warm.size, kit.started.map(({ cell }) => cell)], [2, ["@warm~1000001", "@warm~1000002"]]);
  assert.deepEqual(kit.started.map(({ folders, net, limits }) => ({ folders, net, limits })), [NEEDS, NEEDS]);
  warm.dispose();
});

Deno.test("WarmCells gives one away in the module's name, tells the watchdog, and starts another", async () => {
  const { kit, warm, come } = open(1);
  warm.open();
  await come();
  const cell = warm.take("tasks/notes", NEEDS);
  assert.deepEqual([cell?.id, cell?.base, warm.size], ["@warm~1000001", "tasks.notes", 0]);
  assert.deepEqual(kit.orders.at(-1), { t: "name", cell: "@warm~1000001", base: "tasks.notes" });
  assert.equal(warm.take("b", NEEDS), undefined);
  kit.clock.advance(100);
  await come();
  assert.equal(warm.size, 1);
  // Whoever took it gives it back like any cell: with its last holder it ends.
  void kit.table.release(cell!, "over");
  await settled();
  warm.dispose();
});

Deno.test("WarmCells has none for a module that needs a folder, a host or another memory", async () => {
  const { warm, come } = open(1);
  warm.open();
  await come();
  const { limits } = NEEDS;
  for (
    const needs of [
      { ...NEEDS, folders: [{ path: "a", mode: "r" } as const] },
      { ...NEEDS, net: ["a:1"] },
      { ...NEEDS, limits: { ...limits, memory_mb: limits.memory_mb + 1 } },
      { ...NEEDS, limits: { ...limits, memory_mb: limits.memory_mb - 1 } },
      { ...NEEDS, limits: { ...limits, heap_mb: limits.heap_mb - 1 } },
    ]
  ) assert.equal(warm.take("a", needs), undefined);
  assert.notEqual(warm.take("a", NEEDS), undefined);
  warm.dispose();
});

Deno.test("WarmCells waits while others are being started", async () => {
  const { kit, warm, starting, come } = open(1);
  const { promise, resolve } = Promise.withResolvers<void>();
  void starting.run(() => promise);
  warm.open();
  kit.clock.advance(0);
  await settled();
  assert.equal(kit.started.length, 0);
  resolve();
  await settled();
  kit.clock.advance(100);
  await come();
  assert.equal(warm.size, 1);
  warm.dispose();
});

Deno.test("WarmCells replaces one that died, not at once; and takes those back that outlived a kernel, no more than it keeps", async () => {
  const { kit, warm, come } = open(1);
  warm.open();
  await come();
  const died = kit.table.all()[0]!;
  kit.table.exited(died.id, "killed");
  warm.exited(died);
  assert.equal(warm.size, 0);
  kit.clock.advance(100);
  await come();
  assert.equal(warm.size, 0);
  kit.clock.advance(5_000);
  await come();
  assert.equal(warm.size, 1);
  kit.known("@warm~7");
  const link = await kit.attached("@warm~7");
  warm.adopt(kit.table.get("@warm~7" as typeof died.id)!);
  await settled();
  assert.deepEqual([warm.size, link.all("bye").length], [1, 1]);
  warm.dispose();
});

Deno.test("WarmCells keeps none by default, and sets no timer", () => {
  const { kit, warm } = open(0);
  warm.open();
  assert.deepEqual([kit.clock.pending, kit.started.length], [0, 0]);
});
