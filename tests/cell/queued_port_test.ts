/** What is said to a cell while it has no link, and across links. */
import assert from "node:assert/strict";
import type { CallKey, InstanceId } from "../../kernel/contract/names.ts";
import { WIRE } from "../../kernel/contract/limits.ts";
import type { KernelMessage } from "../../kernel/contract/wire.ts";
import { settled, TableKit, TOKEN, until } from "./scripted_cell.ts";

const call = (id: number, more = false): KernelMessage => ({
  ...{
    t: "call",
    id,
    key: `a~1#${id}` as CallKey,
    to: "1.1" as InstanceId,
    aspect: "default",
    name: "do",
    kind: "call",
  },
  ...{ caller: { api: "a", principal: "a" }, trace: "t", ms: 1_000, depth: 1, ...(more && { more }) },
});
const told = (link: { heard: readonly { message: KernelMessage }[] }) =>
  link.heard.map(({ message }) => "id" in message ? `${message.t} ${message.id}` : message.t)
    .filter((t) => !["nonce", "welcome", "credit"].includes(t));

Deno.test("what is said without a link follows in order, after the report", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  link.pipe.hangUp();
  await until(() => !cell.port.attached);
  cell.port.send(call(1), new Uint8Array([1]));
  const second = kit.connect();
  await second.attach(cell.id, TOKEN);
  await second.next("welcome");
  cell.port.send(call(2));
  await settled();
  assert.deepEqual([told(second), cell.port.holdsBack(1), cell.port.holdsBack(2)], [[], true, true]);
  second.report();
  await until(() => told(second).length === 2);
  cell.port.send(call(3));
  await until(() => told(second).length === 3);
  assert.deepEqual([told(second), cell.port.holdsBack(1)], [["call 1", "call 2", "call 3"], false]);
});

Deno.test("pieces whose beginning went with the former link are not said on the new one", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  cell.port.send(call(1, true));
  await link.next("call");
  link.pipe.hangUp();
  await until(() => !cell.port.attached);
  cell.port.send({ t: "piece", of: "call", id: 1 });
  cell.port.send(call(2, true));
  cell.port.send({ t: "piece", of: "call", id: 2 });
  cell.port.send({ t: "piece", of: "reply", id: 2 });
  assert.deepEqual(told(await kit.attached(cell.id)), ["call 2", "piece 2"]);
});

Deno.test("a second link takes the place of the first", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  const second = await kit.attached(cell.id);
  assert.deepEqual([link.pipe.closed, cell.port.attached, kit.killed], [true, true, []]);
  cell.port.send(call(1));
  await second.next("call");
  assert.deepEqual(told(link), []);
});

Deno.test("a full queue refuses calls and what has weight, linked or not, and lets faults and ends pass", async () => {
  for (const linked of [false, true]) {
    const kit = new TableKit();
    const { cell, link } = await kit.cell();
    if (linked) link.pipe.stall();
    else {
      link.pipe.hangUp();
      await until(() => !cell.port.attached);
    }
    const reply = { t: "reply", id: 1, ok: true, live: true } as const;
    let bytes = 0;
    while (cell.port.send({ ...reply, more: true }, new Uint8Array(65_536))) bytes += 65_536;
    // What the link is writing has left the queue.
    const most = WIRE.queue_bytes + 4 * WIRE.batch_bytes;
    assert.ok(bytes > WIRE.queue_bytes - 200_000 && bytes <= most, `${bytes}`);
    cell.port.send(reply, new Uint8Array(4_000));
    while (cell.port.send(call(1))) { /* what small room is left */ }
    assert.equal(cell.port.send(call(2)), false);
    assert.equal(cell.port.send(reply, new Uint8Array(5_000)), false);
    assert.equal(cell.port.send({ t: "piece", of: "call", id: 1, more: true }), false);
    const word = { at: "callee", id: 1, no: 0 } as const;
    assert.equal(cell.port.send({ t: "items", ...word, count: 1 }, "[1]"), false);
    assert.equal(cell.port.send({ t: "pull", ...word, upto: 1, bytes: 1 }), false);
    assert.equal(cell.port.send({ t: "end", ...word }), true);
    assert.equal(cell.port.send({ t: "stop", ...word }), true);
    assert.equal(cell.port.send({ t: "piece", of: "call", id: 1 }), true);
    assert.equal(cell.port.send({ ...reply, ok: false, code: "timeout" }, new Uint8Array(400)), true);
    assert.equal(cell.port.send({ t: "unload", instance: "1.1" as InstanceId }), true);
    link.pipe.goOn();
  }
});

Deno.test("nothing is taken for a process that has ended", async () => {
  const kit = new TableKit();
  const { cell } = await kit.cell();
  kit.table.exited(cell.id, "killed");
  assert.equal(cell.port.send(call(1)), false);
  assert.equal(cell.port.send({ t: "bye" }), false);
});

Deno.test("a cell has left when it has fenced its link, or has none; a new link is not fenced", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  assert.equal(cell.port.left, false);
  link.say({ t: "fence" });
  await until(() => cell.port.left);
  cell.port.send(call(1));
  await until(() => told(link).length === 1);
  const second = await kit.attached(cell.id);
  assert.equal(cell.port.left, false);
  second.pipe.hangUp();
  await until(() => cell.port.left);
});

Deno.test("a port is idle when the system has taken all that was said, or when there is no link to say it on", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  await settled();
  assert.equal(cell.port.idle, true);
  cell.port.send(call(1));
  assert.equal(cell.port.idle, false);
  await until(() => told(link).length === 1);
  await settled();
  assert.equal(cell.port.idle, true);
  link.pipe.hangUp();
  await until(() => !cell.port.attached);
  cell.port.send(call(2));
  assert.equal(cell.port.idle, true, "nobody will come to take it");
});
