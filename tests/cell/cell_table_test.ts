import assert from "node:assert/strict";
import type { CellId } from "../../kernel/contract/names.ts";
import { covers } from "../../kernel/cell/cell_needs.ts";
import { NEEDS, settled, TableKit, TOKEN, until } from "./scripted_cell.ts";

const SQL = { ...NEEDS, folders: [{ path: "runtime/files/database", mode: "rw" as const }] };

Deno.test("CellTable asks the watchdog for a process and gives the cell once it has reported", async () => {
  const kit = new TableKit();
  const starting = kit.table.start("tasks/rl_trainer", NEEDS);
  const [order] = kit.started;
  assert.deepEqual(order, { t: "start_cell", cell: "tasks.rl_trainer~1000001", ...NEEDS });
  kit.known(order!.cell);
  const link = kit.connect();
  await link.attach(order!.cell, TOKEN);
  await link.next("welcome");
  let started = false;
  void starting.then(() => started = true);
  await settled();
  assert.equal(started, false);
  link.report();
  const outcome = await starting;
  assert.ok(outcome.ok);
  assert.deepEqual([outcome.value.base, outcome.value.pid, outcome.value.inherited], ["tasks.rl_trainer", 42, false]);
});

Deno.test("a process that does not attach is killed after ten seconds; one that ends before fails at once", async () => {
  const kit = new TableKit();
  const [late, dead] = [kit.table.start("late", NEEDS), kit.table.start("dead", NEEDS)];
  kit.table.exited(kit.started[1]!.cell, "ended with code 1");
  const died = await dead;
  assert.ok(!died.ok);
  assert.match(died.fault.message, /ended before it attached: ended with code 1/);
  kit.clock.advance(9_999);
  assert.deepEqual(kit.killed, []);
  kit.clock.advance(1);
  assert.deepEqual(kit.killed, [kit.started[0]!.cell]);
  const outcome = await late;
  assert.equal(outcome.ok || outcome.fault.code, "module_killed");
});

Deno.test("a process from before a kernel's crash that never attaches is killed too", () => {
  const kit = new TableKit();
  kit.known("notes~5");
  assert.equal(kit.table.get("notes~5" as CellId)?.inherited, true);
  kit.clock.advance(10_000);
  assert.deepEqual(kit.killed, ["notes~5"]);
});

Deno.test("modules that start at once in one shared cell share one process", async () => {
  const kit = new TableKit();
  const sharing = ["a", "b", "c"].map(() => kit.table.share("tools", NEEDS, SQL));
  assert.equal(kit.started.length, 1);
  const { cell } = kit.started[0]!;
  kit.known(cell);
  await kit.attached(cell);
  const got = await Promise.all(sharing);
  assert.deepEqual(got.map((one) => one.ok && one.value.id), [cell, cell, cell]);
  await Promise.all(got.slice(1).map((one) => one.ok && kit.table.release(one.value, "left")));
  assert.equal(got[0]!.ok && got[0]!.value.gone(), false);
});

Deno.test("when the first process dies while starting, all who wait are told, and the next who asks gets one new process", async () => {
  const kit = new TableKit();
  const sharing = [kit.table.share("tools", NEEDS, NEEDS), kit.table.share("tools", NEEDS, NEEDS)];
  kit.table.exited(kit.started[0]!.cell, "ended with code 1");
  const got = await Promise.all(sharing);
  assert.deepEqual(got.map((one) => one.ok || one.fault.code), ["module_killed", "module_killed"]);
  assert.equal(kit.started.length, 1);
  const again = [kit.table.share("tools", NEEDS, NEEDS), kit.table.share("tools", NEEDS, NEEDS)];
  assert.equal(kit.started.length, 2);
  kit.table.exited(kit.started[1]!.cell, "ended with code 1");
  await Promise.all(again);
});

Deno.test("a module that needs more than the shared cell was started with gets another process", async () => {
  const kit = new TableKit();
  const first = kit.table.share("tools", NEEDS, NEEDS);
  kit.known(kit.started[0]!.cell);
  await kit.attached(kit.started[0]!.cell);
  await first;
  void kit.table.share("tools", SQL, SQL);
  assert.deepEqual(kit.started.map(({ folders }) => folders.length), [0, 1]);
  void kit.table.share("tools", NEEDS, NEEDS);
  assert.equal(kit.started.length, 2, "the newer one covers both");
  kit.table.exited(kit.started[1]!.cell, "over");
  await settled();
});

Deno.test("covers asks for every host, every folder in its mode, and the memory of one module", () => {
  const had = {
    folders: [{ path: "a", mode: "rw" as const }, { path: "b", mode: "r" as const }],
    net: ["x:1"],
    limits: NEEDS.limits,
  };
  const needs = (more: Partial<typeof had>) => covers(had, { ...NEEDS, ...more });
  assert.equal(needs({}), true);
  assert.equal(needs({ folders: [{ path: "a", mode: "r" as never }] }), true);
  assert.equal(needs({ folders: [{ path: "b", mode: "rw" }] }), false);
  assert.equal(needs({ net: ["x:1"] }), true);
  assert.equal(needs({ net: ["x:2"] }), false);
  assert.equal(needs({ limits: { memory_mb: 128, heap_mb: 97 } }), false);
  assert.equal(needs({ limits: { memory_mb: 129, heap_mb: 96 } }), false);
});

Deno.test("a shared cell that is ending, or has ended, is not given to anybody", async () => {
  const kit = new TableKit();
  const first = kit.table.share("tools", NEEDS, NEEDS);
  kit.known(kit.started[0]!.cell);
  const link = await kit.attached(kit.started[0]!.cell);
  const got = await first;
  assert.ok(got.ok);
  const left = kit.table.release(got.value, "left");
  await link.next("bye");
  void kit.table.share("tools", NEEDS, NEEDS);
  assert.equal(kit.started.length, 2);
  kit.table.exited(kit.started[0]!.cell, "ended with code 0");
  await left;
  kit.table.exited(kit.started[1]!.cell, "killed");
  await settled();
  void kit.table.share("tools", NEEDS, NEEDS);
  assert.equal(kit.started.length, 3);
  kit.table.exited(kit.started[2]!.cell, "over");
  await settled();
});

Deno.test("a cell ends with the last one who holds it", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  kit.table.hold(cell);
  await kit.table.release(cell, "one left");
  await settled();
  assert.deepEqual(link.all("bye"), []);
  void kit.table.release(cell, "the last one left");
  await link.next("bye");
});

Deno.test("a cell that does not end after its bye is killed; asked twice it is one end for both", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  const ended: number[] = [];
  void kit.table.end(cell, "drained").then(() => ended.push(1));
  void kit.table.end(cell, "the host stops").then(() => ended.push(2));
  await link.next("bye");
  assert.equal(link.all("bye").length, 1);
  kit.clock.advance(999);
  assert.deepEqual(kit.killed, []);
  kit.clock.advance(1);
  assert.deepEqual(kit.killed, [cell.id]);
  assert.deepEqual(ended, []);
  kit.table.exited(cell.id, "killed");
  await settled();
  assert.deepEqual(ended, [1, 2]);
  await kit.table.end(cell, "again");
});

Deno.test("endAll ends all cells and starts none any more", async () => {
  const kit = new TableKit();
  const { cell } = await kit.cell();
  const ending = kit.table.endAll("the host stops");
  const refused = await kit.table.start("late", NEEDS);
  assert.equal(refused.ok || refused.fault.code, "cancelled");
  kit.table.exited(cell.id, "ended with code 0");
  await ending;
  assert.deepEqual([kit.started.length, kit.clock.pending], [1, 0]);
});

Deno.test("what cells say reaches whom it concerns, under the name of the link that proved itself", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  const I = "1.1" as never;
  link.sayAll([
    [{ t: "call", id: 1, from: I, api: "b", aspect: "default", name: "do", kind: "call" }],
    [{ t: "reply", id: 2, ok: true }],
    [{ t: "piece", of: "call", id: 3 }],
    [{ t: "piece", of: "vetted", id: 4 }],
    [{ t: "cancel", id: 5 }],
    [{ t: "ack", ids: [[6, 7]] }],
    [{ t: "dying", limit: "memory_mb", found: 2, allowed: 1 }],
    [{ t: "fence" }],
    [{ t: "vetted", id: 8, ok: true }],
  ]);
  await until(() => kit.events.length === 9);
  assert.deepEqual(kit.events.slice(1), [
    `call ${cell.id} 1`,
    `reply ${cell.id} 2`,
    `piece call ${cell.id} 3`,
    `other ${cell.id} piece`,
    `cancel ${cell.id} 5`,
    `ack ${cell.id} [[6,7]]`,
    `dying ${cell.id} memory_mb`,
    `other ${cell.id} vetted`,
  ]);
  assert.equal(cell.port.left, true);
});

Deno.test("the end of a process that nobody knows is nobody's business", () => {
  const kit = new TableKit();
  kit.table.exited("ghost~1" as CellId, "killed");
  assert.deepEqual(kit.events, []);
});

Deno.test("a retired table tells every cell of the newer kernel, also one that has no link right now, and waits until each has gone over", async () => {
  const kit = new TableKit();
  const { link } = await kit.cell();
  assert.equal(kit.table.all_left, false);
  kit.table.retire();
  await link.next("newer");
  assert.equal(kit.table.all_left, false);
  link.say({ t: "fence" });
  await until(() => kit.table.all_left);
});

Deno.test("a cell that never says its last root call has left when its link breaks", async () => {
  const kit = new TableKit();
  const { link } = await kit.cell();
  kit.table.retire();
  link.pipe.hangUp();
  await until(() => kit.table.all_left);
});

Deno.test("a retired table ends and kills nobody: processes are the affair of who leads", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  kit.table.retire();
  kit.table.kill(cell, "it is in the way");
  await kit.table.end(cell, "nothing in it is wanted any more");
  kit.clock.advance(60_000);
  await settled();
  assert.deepEqual(link.heard.filter(({ message }) => message.t === "bye"), []);
  assert.deepEqual(kit.orders.filter(({ t }) => t === "kill"), []);
});
