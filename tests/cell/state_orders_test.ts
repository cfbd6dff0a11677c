import assert from "node:assert/strict";
import { fault } from "../../kernel/contract/fault.ts";
import type { InstanceId } from "../../kernel/contract/names.ts";
import { writeJsonPayload } from "../../kernel/primitives/json_payload.ts";
import { settled, TableKit } from "./scripted_cell.ts";

const I = "1.1" as InstanceId;
const bytes = (count: number, value = 1) => new Uint8Array(count).fill(value);

Deno.test("a cell's states: export gives the bytes that the cell answers, also in pieces, unread", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  const whole = cell.states.export(I, { ms: 100, max_bytes: 10 });
  const { id, instance } = await link.next("export");
  assert.equal(instance, I);
  link.say({ t: "state", id, ok: true }, bytes(10));
  assert.deepEqual(await whole, { ok: true, value: bytes(10) });
  const pieces = cell.states.export(I, { ms: 100, max_bytes: 5 });
  await settled();
  const { id: second } = link.all("export").at(-1)!;
  link.say({ t: "state", id: second, ok: true, more: true }, bytes(2));
  link.say({ t: "piece", of: "state", id: second, more: true }, bytes(2, 2));
  link.say({ t: "piece", of: "state", id: second }, bytes(1, 3));
  assert.deepEqual(await pieces, { ok: true, value: new Uint8Array([1, 1, 2, 2, 3]) });
});

Deno.test("a cell's states: a byte more than asked for is refused, whatever the cell promised", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  for (const sizes of [[11], [5, 6]]) {
    const exported = cell.states.export(I, { ms: 100, max_bytes: 10 });
    await settled();
    const { id } = link.all("export").at(-1)!;
    link.say({ t: "state", id, ok: true, ...(sizes.length > 1 && { more: true as const }) }, bytes(sizes[0]!));
    if (sizes.length > 1) link.say({ t: "piece", of: "state", id, more: true }, bytes(sizes[1]!));
    const outcome = await exported;
    assert.equal(outcome.ok || outcome.fault.code, "too_large");
  }
  assert.deepEqual(kit.events, ["reported notes~1000001"]);
});

Deno.test("a cell's states: import sends the state with the version it is from, and takes a bare answer or a fault", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  const taken = cell.states.import(I, { from: "1.2", payload: bytes(70_000), ms: 100 });
  const { id, from, more } = await link.next("import");
  assert.deepEqual([from, more, link.all("piece").map(({ of }) => of)], ["1.2", true, ["import"]]);
  link.say({ t: "state", id, ok: true });
  assert.equal((await taken).ok, true);
  const refused = cell.states.import(I, { from: "", payload: bytes(1), ms: 100 });
  await settled();
  const why = fault("module_error", "TypeError: no");
  link.say({ t: "state", id: link.all("import").at(-1)!.id, ok: false }, writeJsonPayload(why));
  assert.deepEqual(await refused, { ok: false, fault: why });
  const odd = cell.states.import(I, { from: "", payload: bytes(1), ms: 100 });
  await settled();
  link.say({ t: "state", id: link.all("import").at(-1)!.id, ok: false }, bytes(3));
  const outcome = await odd;
  assert.match(outcome.ok ? "" : outcome.fault.message, /could not be read/);
});

Deno.test("a cell's states: no answer in time, a broken link and the end of the process are faults; late answers are nobody's", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  const late = cell.states.export(I, { ms: 100, max_bytes: 10 });
  const { id } = await link.next("export");
  kit.clock.advance(100);
  const timed_out = await late;
  assert.match(timed_out.ok ? "" : timed_out.fault.message, /exportState did not answer within 100 ms/);
  link.say({ t: "state", id, ok: true, more: true }, bytes(1));
  link.say({ t: "piece", of: "state", id }, bytes(1));
  link.say({ t: "state", id: 99, ok: true }, bytes(1));
  const broken = cell.states.export(I, { ms: 100, max_bytes: 10 });
  await settled();
  await kit.attached(cell.id);
  const lost = await broken;
  assert.equal(lost.ok || lost.fault.code, "moved");
  const dying = cell.states.import(I, { from: "", payload: bytes(1), ms: 100 });
  kit.table.exited(cell.id, "killed");
  const dead = await dying;
  assert.equal(dead.ok || dead.fault.code, "module_killed");
  const after = await cell.states.export(I, { ms: 100, max_bytes: 10 });
  assert.equal(after.ok || after.fault.code, "module_killed");
  assert.equal(kit.clock.pending, 0);
});
