import assert from "node:assert/strict";
import { CPU, CpuWatch } from "../../../kernel/guest/shell/cpu_watch.ts";

/** A cell that burns so many percent for so long, looked at every 500 ms; gives the verdicts. */
function burn(
  watch: CpuWatch,
  from: { now: number; used: number },
  percent: number,
  ms: number,
  facts: { cpu_percent: number; owes?: boolean },
) {
  const verdicts = [];
  for (const end = from.now + ms; from.now < end;) {
    from.now += 500;
    from.used += 5 * percent;
    verdicts.push(watch.look({ now: from.now, used_ms: from.used, owes: false, ...facts }));
  }
  return verdicts;
}
function started() {
  const watch = new CpuWatch();
  watch.look({ now: 0, used_ms: 0, cpu_percent: 100, owes: false });
  return { watch, at: { now: 0, used: 0 } };
}

Deno.test("CpuWatch lets a cell use its percentage and what V8's helpers add, for ever, and not one percent more", () => {
  const { watch, at } = started();
  const allowed = 40 * CPU.tolerated;
  const calm = burn(watch, at, allowed, 30_000, { cpu_percent: 40 });
  assert.ok(calm.every(({ hold, above, end }) => !hold && above === undefined && !end));
  const [first] = burn(watch, at, allowed + 1, 500, { cpu_percent: 40 });
  assert.deepEqual(first, { hold: true, above: 61, end: false });
});

Deno.test("CpuWatch holds back what a cell is told until it has paid its debt by doing less, at most for a while", () => {
  const { watch, at } = started();
  const owed = { cpu_percent: 20, owes: true };
  assert.ok(burn(watch, at, 90, 1_000, owed).every(({ hold, end }) => hold && !end));
  // 600 ms above the 300 that a second allows: two seconds without work.
  const paid = burn(watch, at, 0, 3_000, owed).map(({ hold }) => hold);
  assert.deepEqual(paid, [true, true, true, false, false, false]);
  burn(watch, at, 100, 60_000, owed);
  const held = burn(watch, at, 0, 4_000, owed).filter(({ hold }) => hold).length * 500;
  assert.ok(held <= CPU.debt_s * 1_000, `${held} ms`);
});

Deno.test("CpuWatch ends a cell that burns with nothing owed for ten seconds, not before, and never one that works for others", () => {
  const burnt = started();
  const verdicts = burn(burnt.watch, burnt.at, 200, CPU.burn_ms, { cpu_percent: 100 });
  assert.deepEqual(verdicts.map(({ end }) => end), [...Array(19).fill(false), true]);
  const works = started();
  assert.ok(burn(works.watch, works.at, 200, 60_000, { cpu_percent: 100, owes: true }).every(({ end }) => !end));
  const pauses = started();
  for (let i = 0; i < 5; i++) {
    assert.ok(burn(pauses.watch, pauses.at, 200, 9_500, { cpu_percent: 100 }).every(({ end }) => !end));
    burn(pauses.watch, pauses.at, 10, 500, { cpu_percent: 100 });
  }
});

Deno.test("CpuWatch judges no slice that is too short to tell", () => {
  const { watch } = started();
  const look = (now: number, used_ms: number) => watch.look({ now, used_ms, cpu_percent: 100, owes: false });
  assert.equal(look(CPU.slice_ms - 1, 100_000).hold, false);
  assert.equal(look(CPU.slice_ms, 100_000).hold, true);
});
