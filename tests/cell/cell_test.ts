import assert from "node:assert/strict";
import { fault } from "../../kernel/contract/fault.ts";
import type { InstanceId } from "../../kernel/contract/names.ts";
import { DEFAULT_LIMITS } from "../../kernel/contract/limits.ts";
import { writeJsonPayload } from "../../kernel/primitives/json_payload.ts";
import { loadOrder, settled, TableKit, TOKEN, until } from "./scripted_cell.ts";

const I = "1.1" as InstanceId;
const J = "1.2" as InstanceId;
const TOOL = {
  ...{ entry: "read", description: "reads", params: {}, readOnly: true, destructive: false },
  ...{ idempotent: false, openWorld: false },
};

Deno.test("Cell loads an instance: what it says about itself is the answer", async () => {
  const { cell, link } = await new TableKit().cell();
  const loading = cell.load(I, "notes", loadOrder());
  assert.deepEqual((await link.next("load")).instance, I);
  link.say({ t: "loaded", instance: I }, writeJsonPayload({ tools: [TOOL], run: true }));
  assert.deepEqual(await loading, { ok: true, value: { tools: [TOOL], has_run: true } });
});

Deno.test("Cell hears why an instance did not load, also in words that can't be read", async () => {
  const { cell, link } = await new TableKit().cell();
  const why = fault("load_failed", "SyntaxError in line 3");
  for (
    const [payload, message] of [[writeJsonPayload(why), why.message], [
      new Uint8Array([1]),
      /could not be read/,
    ]] as const
  ) {
    const loading = cell.load(I, "notes", loadOrder());
    link.say({ t: "failed", instance: I, phase: "load" }, payload);
    const outcome = await loading;
    assert.ok(!outcome.ok);
    assert.equal(outcome.fault.code, "load_failed");
    assert.match(outcome.fault.message, typeof message === "string" ? new RegExp(message) : message);
  }
  const lied = cell.load(J, "notes", loadOrder());
  link.say({ t: "loaded", instance: J }, writeJsonPayload({ tools: "all" }));
  assert.equal((await lied).ok, false);
});

Deno.test("Cell gives up an instance that says nothing, a while after its shell should have", async () => {
  const kit = new TableKit();
  const { cell } = await kit.cell();
  const loading = cell.load(I, "notes", loadOrder());
  kit.clock.advance(DEFAULT_LIMITS.load_ms + 1_999);
  kit.clock.advance(1);
  const outcome = await loading;
  assert.ok(!outcome.ok);
  assert.match(outcome.fault.message, /'notes' did not load within 5000 ms/);
});

Deno.test("a failure of another instance, or of run, is not the answer to a load", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  const loading = cell.load(I, "notes", loadOrder());
  link.say({ t: "failed", instance: J, phase: "load" });
  link.say({ t: "failed", instance: I, phase: "run" });
  await until(() => kit.events.length === 3);
  assert.deepEqual(kit.events.slice(1), [`failed ${cell.id} 1.2 load`, `failed ${cell.id} 1.1 run`]);
  link.say({ t: "loaded", instance: I }, writeJsonPayload({ tools: [], run: false }));
  assert.equal((await loading).ok, true);
});

Deno.test("shutdown resolves when the shell says so, or in time; the end of run alone is not it", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  const ended: string[] = [];
  void cell.shutdown(I, 100).then(() => ended.push("1"));
  void cell.shutdown(J, 100).then(() => ended.push("2"));
  assert.equal((await link.next("shutdown")).ms, 100);
  link.say({ t: "ended", instance: I, what: "run" });
  await settled();
  assert.deepEqual(ended, []);
  link.say({ t: "ended", instance: I, what: "shutdown" });
  await until(() => ended.length === 1);
  kit.clock.advance(100);
  await settled();
  assert.deepEqual(ended, ["1", "2"]);
});

Deno.test("the end of its process settles everything that waits for the cell", async () => {
  const kit = new TableKit();
  const { cell } = await kit.cell();
  const waiting = [cell.load(I, "notes", loadOrder()), cell.shutdown(J, 1_000), cell.ask(1_000)] as const;
  kit.table.exited(cell.id, "killed by SIGKILL");
  const [loaded] = await Promise.all(waiting);
  assert.deepEqual([loaded.ok || loaded.fault.code, cell.gone()], ["module_killed", true]);
  const late = await Promise.all([cell.load(I, "notes", loadOrder()), cell.shutdown(J, 1_000), cell.ask(1_000)]);
  assert.equal(late[0].ok || late[0].fault.code, "module_killed");
  assert.equal(kit.clock.pending, 0);
});

Deno.test("ask gives fresh figures, or the last ones when the cell does not answer", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  const figures = { rss: 10, cpu_ms: 2, instances: [] };
  const asked = [cell.ask(250), cell.ask(250)];
  await link.next("ask");
  link.say({ t: "figures" }, writeJsonPayload(figures));
  assert.deepEqual(await Promise.all(asked), [figures, figures]);
  const unanswered = cell.ask(250);
  kit.clock.advance(250);
  assert.deepEqual(await unanswered, figures);
  link.say({ t: "figures" }, writeJsonPayload({ rss: "much" }));
  await settled();
  assert.deepEqual(cell.figures, figures);
  link.pipe.hangUp();
  await until(() => !cell.port.attached);
  assert.deepEqual(await cell.ask(250), figures);
  assert.equal(kit.clock.pending, 0);
});

Deno.test("a report on a new link settles loads whose answer, or which themselves, went with the former one", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  const [ready, lost, loading] = ["1.1", "1.2", "1.3"].map((id) => cell.load(id as InstanceId, "notes", loadOrder()));
  await link.next("load");
  link.pipe.hangUp();
  await until(() => !cell.port.attached);
  const unsent = cell.load("1.4" as InstanceId, "notes", loadOrder());
  const second = kit.connect();
  await second.attach(cell.id, TOKEN);
  await second.next("welcome");
  const base = { api: "notes", hash: "h", started_at: 0, has_run: true, tools: [] };
  second.report([
    { ...base, instance: "1.1" as InstanceId, phase: "ready" },
    { ...base, instance: "1.3" as InstanceId, phase: "loading" },
  ]);
  assert.deepEqual(await ready, { ok: true, value: { tools: [], has_run: true } });
  const outcome = await lost!;
  assert.equal(outcome.ok || outcome.fault.code, "module_killed");
  await until(() => second.all("load").length === 1);
  for (const instance of ["1.3", "1.4"] as InstanceId[]) {
    second.say({ t: "loaded", instance }, writeJsonPayload({ tools: [], run: false }));
  }
  assert.deepEqual([(await loading)!.ok, (await unsent).ok], [true, true]);
});
