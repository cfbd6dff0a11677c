/** One link at work: credit both ways, pieces, lies. */
import assert from "node:assert/strict";
import type { CallKey, InstanceId } from "../../kernel/contract/names.ts";
import { WIRE } from "../../kernel/contract/limits.ts";
import type { KernelMessage } from "../../kernel/contract/wire.ts";
import { writeJsonPayload } from "../../kernel/primitives/json_payload.ts";
import { settled, TableKit, TOKEN, until } from "./scripted_cell.ts";

const call = (id: number): KernelMessage & { t: "call" } => ({
  ...{
    t: "call",
    id,
    key: `a~1#${id}` as CallKey,
    to: "1.1" as InstanceId,
    aspect: "default",
    name: "do",
    kind: "call",
  },
  ...{ caller: { api: "a", principal: "a" }, trace: "t", ms: 1_000, depth: 1 },
});
const CALL = {
  t: "call",
  id: 1,
  from: "1.1" as InstanceId,
  api: "b",
  aspect: "default",
  name: "do",
  kind: "call",
} as const;

const ITEMS = { t: "items", at: "callee", id: 1, no: 0, count: 1 } as const;

/** A batch of items that was not full, and one item more. */
const ITEMS_BYTES = WIRE.item_bytes + WIRE.chunk_bytes;

Deno.test("what is said in one turn leaves in one write, in order", async () => {
  const { cell, link } = await new TableKit().cell();
  const before = link.pipe.written.length;
  for (const id of [1, 2, 3]) cell.port.send(call(id), new Uint8Array(id));
  await settled();
  assert.equal(link.pipe.written.length, before + 1);
  assert.deepEqual(link.all("call").map(({ id }) => id), [1, 2, 3]);
});

Deno.test("a large message leaves in pieces, and small ones pass between", async () => {
  const { cell, link } = await new TableKit().cell();
  const payload = crypto.getRandomValues(new Uint8Array(65_536)).toHex();
  const large = new TextEncoder().encode(payload.repeat(2)).subarray(0, 3 * WIRE.chunk_bytes + 1);
  cell.port.send(call(1), large);
  cell.port.send(call(2), new Uint8Array(10));
  await settled();
  const order = link.heard.slice(-5).map(({ message }) =>
    `${message.t} ${"id" in message && message.id} ${"more" in message}`
  );
  assert.deepEqual(order, ["call 1 true", "call 2 false", "piece 1 true", "piece 1 true", "piece 1 false"]);
  const pieces = link.heard.filter(({ message }) => "id" in message && message.id === 1).map((
    { payload },
  ) => [...payload]);
  assert.deepEqual(pieces.flat(), [...large]);
});

Deno.test("items of a stream are never cut: they leave in one frame, whatever their size", async () => {
  const { cell, link } = await new TableKit().cell();
  cell.port.send(ITEMS, "é".repeat(ITEMS_BYTES));
  await settled();
  const { message, payload } = link.heard.at(-1)!;
  assert.deepEqual([message, payload.length], [ITEMS, ITEMS_BYTES]);
});

Deno.test("a first piece that is cut again stays unfinished until its own last piece", async () => {
  const { cell, link } = await new TableKit().cell();
  cell.port.send({ ...call(1), more: true }, new Uint8Array(WIRE.chunk_bytes + 1));
  await settled();
  assert.deepEqual(link.heard.slice(-2).map(({ message }) => "more" in message && message.more), [true, true]);
});

Deno.test("a cell that gives no credit is sent a window's worth and then nothing, until it does", async () => {
  const { cell, link } = await new TableKit().cell();
  link.credits = false;
  for (let id = 1; id <= WIRE.window_messages + 10; id++) cell.port.send(call(id));
  await settled();
  assert.equal(link.all("call").length, WIRE.window_messages);
  cell.port.send({ t: "ask" });
  await link.next("ask");
  assert.equal(link.all("call").length, WIRE.window_messages, "free messages overtake");
  link.say({ t: "credit", bytes: 64 * 4, messages: 4 });
  await settled();
  assert.equal(link.all("call").length, WIRE.window_messages + 4);
  link.say({ t: "credit", bytes: Number.MAX_SAFE_INTEGER, messages: Number.MAX_SAFE_INTEGER });
  await settled();
  assert.equal(link.all("call").length, WIRE.window_messages + 10);
});

Deno.test("what a cell says is credited back in the same turn, once it is a quarter of the window", async () => {
  const kit = new TableKit();
  const { link } = await kit.cell();
  const before = link.all("credit").length;
  link.sayAll([[CALL, new Uint8Array(100)], [{ ...CALL, id: 2 }]]);
  await settled();
  assert.equal(link.all("credit").length, before, "two messages are not worth a third");
  link.sayAll(Array.from({ length: WIRE.window_messages / 4 }, (_, n) => [{ ...CALL, id: 3 + n }]));
  await settled();
  const credited = link.all("credit").slice(before).reduce((sum, { messages }) => sum + messages, 0);
  assert.ok(credited >= WIRE.window_messages / 4, `${credited}`);
});

Deno.test("a cell that says much and reads nothing gets no more credit, and is killed when it goes on without", async () => {
  const kit = new TableKit({ call: () => {} });
  const { cell, link } = await kit.cell();
  link.credits = false;
  link.pipe.stall();
  const reply = { t: "reply", id: 1, ok: true, live: true } as const;
  while (cell.port.send({ ...reply, more: true }, new Uint8Array(65_536))) { /* its queue fills */ }
  const half = Array.from({ length: 64 }, (_, id) => [{ ...CALL, id }] as const);
  // All but what it used up before.
  for (let n = 1; n < WIRE.window_messages / 64; n++) link.sayAll(half);
  await settled(80);
  assert.deepEqual([link.all("credit").length <= 1, kit.killed], [true, []], "its window is what it may use up");
  for (let n = 0; n < 2; n++) link.sayAll(half);
  await until(() => kit.killed.length > 0);
  assert.match(kit.events.at(-1)!, /^violated notes~1000001: more messages under way than it had credit for/);
});

Deno.test("credit that was held back is given as soon as the cell reads again", async () => {
  const kit = new TableKit({ call: () => {} });
  const { cell, link } = await kit.cell();
  link.pipe.stall();
  while (
    cell.port.send({ t: "reply", id: 1, ok: true, live: true, more: true }, new Uint8Array(65_536))
  ) { /* its queue fills */ }
  link.sayAll(Array.from({ length: WIRE.window_messages / 4 }, (_, id) => [{ ...CALL, id }]));
  await settled();
  const before = link.all("credit").length;
  link.pipe.goOn();
  await until(() => link.all("credit").length > before);
});

Deno.test("each lie on the wire ends the link and the cell, and names what it was", async () => {
  const big = new Uint8Array(WIRE.chunk_bytes + 1);
  for (
    const [lie, words] of [
      [(l) => l.say({ t: "nonsense" } as never), /a message that is none of the wire's: \{"t":"nonsense"\}/],
      [(l) => l.pipe.give(new Uint8Array([255, 255, 255, 255, 1])), /a frame of 4294967295 bytes/],
      [(l) => l.pipe.give(new Uint8Array([0, 0, 0, 9, 9, 0, 0, 0, 2, 91, 93, 0, 0])), /a frame of unknown type 9/],
      [(l) => l.say({ ...CALL, more: true }, big), /a piece of 65537 bytes; it may have 65536/],
      [(l) => l.say({ t: "piece", of: "reply", id: 1 }, big), /a piece of 65537 bytes/],
      [(l) => l.say(ITEMS, new Uint8Array(ITEMS_BYTES + 1)), /a piece of 327681 bytes; it may have 327680/],
      [
        (l) => l.say({ t: "end", at: "callee", id: 1, no: 0 }, new Uint8Array(ITEMS_BYTES + 1)),
        /a piece of 327681 bytes; it may have 327680/,
      ],
      [
        (l) => l.say({ t: "items", at: "callee", id: 1, no: 0, count: 1 }, "x".repeat(327_681)),
        /a piece of 327681 bytes; it may have 327680/,
      ],
      [(l) => l.say({ t: "end", at: "callee", id: 1, no: 0 }, "x".repeat(327_681)), /a piece of 327681 bytes/],
      [
        (l) => l.say({ t: "attach", cell: "notes~1" as never, incarnation: "aa", proof: "ab".repeat(32), pid: 1 }),
        /attached twice/,
      ],
      [
        (l) => {
          for (const found of [2, 3]) l.say({ t: "dying", limit: "memory_mb", found, allowed: 1 });
        },
        /its last words twice/,
      ],
      [(l) => l.report(), /reported twice on one link/],
      [
        (l) => l.say({ t: "report" }, writeJsonPayload({ instances: 1 })),
        /reported twice|a report that could not be read/,
      ],
    ] as readonly [(link: Awaited<ReturnType<TableKit["attached"]>>) => void, RegExp][]
  ) {
    const kit = new TableKit();
    const { cell, link } = await kit.cell();
    lie(link);
    await until(() => link.pipe.closed);
    assert.deepEqual(kit.killed, [cell.id]);
    assert.match(kit.events.at(-1)!, words);
  }
});

Deno.test("a whole message of more than a piece is no lie: it is cut again on its way", async () => {
  const kit = new TableKit();
  const { link } = await kit.cell();
  link.say(CALL, new Uint8Array(WIRE.chunk_bytes * 4));
  await until(() => kit.events.includes("call notes~1000001 1"));
  assert.equal(link.pipe.closed, false);
});

Deno.test("a link that is reset is closed without blame", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  link.pipe.hangUp();
  await until(() => link.pipe.closed);
  assert.deepEqual([kit.killed, kit.events, cell.port.attached], [[], [`reported ${cell.id}`], false]);
});

Deno.test("items of a stream leave in one frame, however large they may be", async () => {
  const most = "x".repeat(WIRE.item_bytes + WIRE.chunk_bytes);
  const { cell, link } = await new TableKit().cell();
  const items = { t: "items", at: "caller", id: 1, no: 0, count: 1 } as const;
  cell.port.send(items, most);
  await settled();
  assert.deepEqual(link.heard.at(-1), { message: items, payload: most });
  link.say({ ...items, at: "callee" }, most);
  await settled();
  assert.equal(link.pipe.closed, false);
});

Deno.test("a cell that speaks on a new link before it reports there loses its life; what costs no credit may come first", async () => {
  const kit = new TableKit();
  const { cell } = await kit.cell();
  const honest = kit.connect();
  await honest.attach(cell.id, TOKEN);
  await honest.next("welcome");
  honest.say({ t: "ack", ids: [[1, 1]] });
  honest.report();
  honest.say(CALL);
  await until(() => kit.events.includes(`call ${cell.id} 1`));
  assert.deepEqual([honest.pipe.closed, kit.killed], [false, []]);
  const silent = kit.connect();
  await silent.attach(cell.id, TOKEN);
  await silent.next("welcome");
  silent.say({ ...CALL, id: 2 });
  await until(() => silent.pipe.closed);
  assert.ok(!kit.events.includes(`call ${cell.id} 2`));
  assert.match(kit.events.at(-1)!, /violated .*: spoke before its report/);
  assert.deepEqual(kit.killed, [cell.id]);
});

Deno.test("what the kernel fails at is told as what ended the link, and costs its cell", async () => {
  const fails = () => {
    throw new Error("a defect");
  };
  const kit = new TableKit({ ack: fails });
  const { cell, link } = await kit.cell();
  link.say({ t: "ack", ids: [] });
  await until(() => link.pipe.closed);
  assert.match(kit.events.at(-1)!, /violated .*: the kernel failed at what it said: Error: a defect/);
  assert.deepEqual(kit.killed, [cell.id]);
});
