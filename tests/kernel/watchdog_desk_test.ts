import assert from "node:assert/strict";
import type { ToWatchdog } from "../../kernel/contract/channel.ts";
import type { CellId } from "../../kernel/contract/names.ts";
import { WatchdogDesk } from "../../kernel/watchdog_desk.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

function open() {
  const sent: ToWatchdog[] = [];
  const clock = new FakeClock();
  const desk = new WatchdogDesk({
    send: (message) => sent.push(message as ToWatchdog),
    messages: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }),
    flush: () => Promise.resolve(),
  });
  return { sent, clock, desk };
}
const id = (text: string) => text as CellId;
const listed = (...cells: string[]) => cells.map((cell) => ({ cell: id(cell), pid: 1, token: "ab" }));

Deno.test("WatchdogDesk asks for one variable once, and tells all who wait", async () => {
  const { sent, desk } = open();
  const [a, b, other] = [desk.env("KEY"), desk.env("KEY"), desk.env("OTHER")];
  assert.deepEqual(sent, [{ t: "env", name: "KEY" }, { t: "env", name: "OTHER" }]);
  desk.answerEnv("KEY", "secret");
  desk.answerEnv("OTHER", null);
  desk.answerEnv("NEVER ASKED", "x");
  assert.deepEqual(await Promise.all([a, b, other]), ["secret", "secret", null]);
  void desk.env("KEY");
  assert.equal(sent.length, 3, "it may have changed");
});

Deno.test("WatchdogDesk waits until every cell there was has reported or ended, and gives those that ended", async () => {
  const { clock, desk } = open();
  let lost: readonly string[] | undefined;
  void desk.everyoneReported(clock, 1_000).then((ended) => lost = ended);
  desk.cells(listed("a~1", "b~2", "c~3"));
  desk.reported(id("a~1"));
  desk.exited(id("b~2"), { in_order: false });
  await Promise.resolve();
  assert.equal(lost, undefined);
  desk.reported(id("c~3"));
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.deepEqual([lost, clock.pending], [["b"], 0]);
});

Deno.test("WatchdogDesk counts a cell that stays silent as lost: what it had may have run", async () => {
  const { clock, desk } = open();
  desk.cells(listed("a~1", "b~2"));
  desk.reported(id("a~1"));
  desk.exited(id("gone~0"), { in_order: false });
  const waiting = desk.everyoneReported(clock, 1_000);
  clock.advance(1_000);
  assert.deepEqual((await waiting).toSorted(), ["b", "gone"]);
});

Deno.test("WatchdogDesk does not miss a cell that ended in order, and knows whose a cell is that was given away", async () => {
  const { clock, desk } = open();
  desk.cells([...listed("a~1", "@warm~3"), { cell: id("@warm~2"), pid: 1, token: "ab", base: "notes" }]);
  desk.exited(id("a~1"), { in_order: true });
  desk.exited(id("@warm~2"), { in_order: false });
  desk.exited(id("@warm~3"), { in_order: false });
  assert.deepEqual(await desk.everyoneReported(clock, 1_000), ["notes", "@warm"]);
});

Deno.test("WatchdogDesk waits for nobody at the first start, and no longer than it may for a watchdog that says nothing", async () => {
  const first = open();
  const waiting = first.desk.everyoneReported(first.clock, 1_000);
  first.desk.cells([]);
  assert.deepEqual(await waiting, []);
  first.desk.exited(id("later~1"), { in_order: false });
  const mute = open();
  const asked = mute.desk.everyoneReported(mute.clock, 1_000);
  mute.clock.advance(1_000);
  assert.deepEqual(await asked, []);
});

Deno.test("WatchdogDesk waits for cells too that a kernel which leads still starts meanwhile, and for none twice", async () => {
  const { clock, desk } = open();
  desk.cells(listed("a~1"));
  desk.reported(id("a~1"));
  desk.cells([...listed("a~1"), { cell: id("@warm~2"), pid: 1, token: "ab", base: "b" }]);
  let lost: readonly string[] | undefined;
  void desk.everyoneReported(clock, 1_000).then((ended) => lost = ended);
  await Promise.resolve();
  assert.equal(lost, undefined);
  desk.cells(listed("a~1", "c~3"));
  clock.advance(999);
  desk.reported(id("c~3"));
  await Promise.resolve();
  assert.equal(lost, undefined);
  clock.advance(1);
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(lost, ["b"], "the watchdog has said whose it became");
});
