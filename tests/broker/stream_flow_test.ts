/** Streams of calls: each word goes from one end of its call to the other and nowhere else; every stream is counted until it ends, however that is. */
import assert from "node:assert/strict";
import { fault } from "../../kernel/contract/fault.ts";
import { BrokerKit, bytes, type ScriptedPort, text } from "./scripted_broker.ts";

function two(limits = {}) {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"], limits });
  return { kit, ui, notes: kit.seat("notes", { limits }) };
}
/** A call that was answered by so many streams; `id` is its number at its callee. */
function streaming(count = 1, limits = {}) {
  const { kit, ui, notes } = two(limits);
  ui.calls(1, "notes");
  const { id } = notes.asked();
  notes.replies(id, { streams: count }, "streams");
  return { kit, ui, notes, id };
}
const said = (port: ScriptedPort) =>
  port.sent.map(({ message, payload }) => payload === "" ? message : [message, text(payload)]);

Deno.test("a reply with streams says how many there are, and the call stays open until the last one's end", () => {
  const { kit, ui, notes, id } = streaming(2);
  assert.deepEqual(ui.port.last("reply"), { t: "reply", id: 1, ok: true, live: true, streams: 2 });
  assert.deepEqual([kit.broker.in_flight, notes.seat.in_flight], [1, 1]);
  assert.deepEqual([ui.seat.open_streams, notes.seat.open_streams], [2, 2]);
  notes.says({ t: "end", at: "callee", id, no: 1 });
  assert.deepEqual([kit.broker.in_flight, ui.seat.open_streams, notes.seat.open_streams], [1, 1, 1]);
  notes.says({ t: "end", at: "callee", id, no: 0 });
  assert.deepEqual([kit.broker.in_flight, notes.seat.in_flight], [0, 0]);
  assert.deepEqual([ui.seat.open_streams, notes.seat.open_streams], [0, 0]);
  assert.deepEqual(ui.port.all("end").map(({ no }) => no), [1, 0]);
  assert.equal(ui.port.outcomesOf(1), 1);
});

Deno.test("words of an answer's stream go to the call's other end under the number that end knows, payload untouched", () => {
  const { ui, notes, id } = streaming();
  const before = [ui.port.sent.length, notes.port.sent.length] as const;
  ui.says({ t: "pull", at: "caller", id: 1, no: 0, upto: 64, bytes: 1_000 });
  notes.says({ t: "items", at: "callee", id, no: 0, count: 2 }, "[1,2]");
  notes.says({ t: "items", at: "callee", id, no: 0, count: 1 }, bytes("raw"));
  const why = JSON.stringify(fault("module_error", "broke"));
  notes.says({ t: "end", at: "callee", id, no: 0, code: "module_error" }, why);
  assert.deepEqual(said(notes.port).slice(before[1]), [
    { t: "pull", at: "callee", id, no: 0, upto: 64, bytes: 1_000 },
  ]);
  assert.deepEqual(said(ui.port).slice(before[0]), [
    [{ t: "items", at: "caller", id: 1, no: 0, count: 2 }, "[1,2]"],
    [{ t: "items", at: "caller", id: 1, no: 0, count: 1 }, "raw"],
    [{ t: "end", at: "caller", id: 1, no: 0, code: "module_error" }, why],
  ]);
});

Deno.test("a stream that its consumer stops is over for it at once, whatever its producer says of that or does not say", () => {
  const { kit, ui, notes, id } = streaming(2);
  const before = [ui.port.sent.length, notes.port.sent.length] as const;
  ui.says({ t: "stop", at: "caller", id: 1, no: 0 });
  assert.deepEqual(said(notes.port).slice(before[1]), [{ t: "stop", at: "callee", id, no: 0 }]);
  assert.deepEqual(said(ui.port).slice(before[0]), [{ t: "end", at: "caller", id: 1, no: 0 }]);
  assert.deepEqual([ui.seat.open_streams, notes.seat.open_streams, kit.broker.in_flight], [1, 1, 1]);
  notes.says({ t: "items", at: "callee", id, no: 0, count: 1 }, "[1]");
  notes.says({ t: "end", at: "callee", id, no: 0 });
  ui.says({ t: "stop", at: "caller", id: 1, no: 0 });
  assert.equal(ui.port.sent.length, before[0] + 1);
  ui.says({ t: "stop", at: "caller", id: 1, no: 1 });
  assert.deepEqual([ui.seat.open_streams, notes.seat.open_streams, kit.broker.in_flight], [0, 0, 0]);
});

Deno.test("words of an argument's stream go the other way round, as long as the call lasts", () => {
  const { ui, notes } = two();
  ui.calls(1, "notes", { lends: { streams: 2 } });
  const { id, streams } = notes.asked();
  assert.equal(streams, 2);
  notes.says({ t: "pull", at: "callee", id, no: 1, upto: 64, bytes: 9 });
  ui.says({ t: "items", at: "caller", id: 1, no: 1, count: 1 }, "[1]");
  ui.says({ t: "end", at: "caller", id: 1, no: 1 });
  notes.says({ t: "stop", at: "callee", id, no: 0 });
  assert.deepEqual(said(ui.port), [
    { t: "pull", at: "caller", id: 1, no: 1, upto: 64, bytes: 9 },
    { t: "stop", at: "caller", id: 1, no: 0 },
  ]);
  assert.deepEqual(said(notes.port).slice(1), [
    [{ t: "items", at: "callee", id, no: 1, count: 1 }, "[1]"],
    { t: "end", at: "callee", id, no: 1 },
  ]);
  notes.replies(id);
  const before = [ui.port.sent.length, notes.port.sent.length];
  notes.says({ t: "pull", at: "callee", id, no: 1, upto: 99, bytes: 9 });
  ui.says({ t: "items", at: "caller", id: 1, no: 1, count: 1 }, "[1]");
  assert.deepEqual([ui.port.sent.length, notes.port.sent.length], before);
});

Deno.test("what fits no stream goes nowhere: numbers that are not there, the wrong direction, before the answer, after the end", () => {
  const { kit, ui, notes } = two();
  ui.calls(1, "notes", { lends: { streams: 1 } });
  const { id } = notes.asked();
  const before = [ui.port.sent.length, notes.port.sent.length];
  const silent = () => assert.deepEqual([ui.port.sent.length, notes.port.sent.length], before);
  notes.says({ t: "items", at: "callee", id, no: 0, count: 1 }, "[1]"); // the answer is not out
  ui.says({ t: "pull", at: "caller", id: 1, no: 0, upto: 9, bytes: 9 });
  ui.says({ t: "items", at: "caller", id: 1, no: 1, count: 1 }, "[1]"); // one stream was lent
  notes.says({ t: "pull", at: "callee", id, no: 1, upto: 9, bytes: 9 });
  ui.says({ t: "items", at: "caller", id: 7, no: 0, count: 1 }, "[1]");
  silent();
  notes.replies(id, { streams: 1 });
  before[0]!++;
  notes.says({ t: "items", at: "callee", id, no: 1, count: 1 }, "[1]");
  ui.says({ t: "pull", at: "caller", id: 1, no: 1, upto: 9, bytes: 9 });
  silent();
  notes.says({ t: "end", at: "callee", id, no: 0 });
  before[0]!++;
  notes.says({ t: "items", at: "callee", id, no: 0, count: 1 }, "[1]");
  notes.says({ t: "end", at: "callee", id, no: 0 });
  ui.says({ t: "stop", at: "caller", id: 1, no: 0 });
  silent();
  assert.equal(kit.broker.in_flight, 0);
});

Deno.test("only the two cells of a call have a word in its streams", () => {
  const { kit, ui, notes, id } = streaming();
  const evil = kit.seat("evil");
  const before = [ui.port.sent.length, notes.port.sent.length, kit.broker.in_flight];
  for (const at of ["caller", "callee"] as const) {
    for (const number of [1, id]) {
      evil.says({ t: "items", at, id: number, no: 0, count: 1 }, "[1]");
      evil.says({ t: "end", at, id: number, no: 0 });
      evil.says({ t: "pull", at, id: number, no: 0, upto: 9, bytes: 9 });
      evil.says({ t: "stop", at, id: number, no: 0 });
    }
  }
  ui.says({ t: "end", at: "callee", id, no: 0 });
  assert.deepEqual([ui.port.sent.length, notes.port.sent.length, kit.broker.in_flight], before);
});

Deno.test("a call whose streams are read has no deadline any more; one whose answer is not out has", () => {
  const { kit, ui, notes } = streaming(1, { call_timeout_ms: 100 });
  ui.says({ t: "pull", at: "caller", id: 1, no: 0, upto: 1, bytes: 100 });
  ui.calls(2, "notes", { lends: { streams: 1 } });
  kit.clock.advance(60_000);
  assert.equal(ui.port.faultOf(2).code, "timeout");
  assert.deepEqual([ui.port.outcomesOf(1), kit.broker.in_flight, notes.seat.in_flight], [1, 1, 1]);
});

Deno.test("streams that nobody begins to read are over when the call's time has passed once more", () => {
  const { kit, ui, notes, id } = streaming(2, { call_timeout_ms: 100 });
  kit.clock.advance(99);
  assert.equal(ui.port.outcomesOf(1), 1);
  kit.clock.advance(20);
  const why = ui.port.faultOf(1);
  assert.deepEqual([why.code, why.message], [
    ...["timeout", "'ui' did not begin to read the stream that 'notes.do' gave it"],
  ]);
  assert.equal(notes.port.last("cancel").id, id);
  assert.deepEqual([ui.seat.open_streams, notes.seat.open_streams, kit.broker.in_flight], [0, 0, 0]);
  assert.deepEqual(kit.events, [], "the service answered: nobody is cut off from it");
});

Deno.test("one caller holds three quarters of a service's streams at the most; the rest is for others", () => {
  const kit = new BrokerKit();
  const notes = kit.seat("notes", { limits: { open_streams: 8 } });
  const [greedy, other] = [kit.seat("greedy", { services: ["notes"] }), kit.seat("other", { services: ["notes"] })];
  for (let id = 1; id <= 7; id++) {
    greedy.calls(id, "notes");
    notes.replies(notes.asked().id, { streams: 1 });
    assert.equal(greedy.port.last("reply").ok, id <= 6);
  }
  assert.match(greedy.port.faultOf(7).message, /^'greedy' holds 6 streams of 'notes' and 1 more would begin/);
  for (let id = 1; id <= 2; id++) {
    other.calls(id, "notes");
    notes.replies(notes.asked().id, { streams: 1 });
    assert.equal(other.port.last("reply").ok, true);
  }
});

Deno.test("an answer in pieces with streams is whole first, and ends with its last stream", () => {
  const { kit, ui, notes } = two();
  ui.calls(1, "notes");
  const { id } = notes.asked();
  notes.replies(id, { streams: 1, more: true }, "a");
  notes.piece("reply", id, false, "b");
  assert.deepEqual([ui.port.last("reply").streams, kit.broker.in_flight], [1, 1]);
  notes.piece("reply", id, false, "late");
  assert.equal(ui.port.all("piece").length, 1);
  notes.says({ t: "items", at: "callee", id, no: 0, count: 1 }, "[1]");
  notes.says({ t: "end", at: "callee", id, no: 0 });
  assert.deepEqual([kit.broker.in_flight, ui.seat.open_streams], [0, 0]);
});

Deno.test("a stream that ends before its answer is whole takes no piece of that answer from the caller", () => {
  const { kit, ui, notes } = two();
  ui.calls(1, "notes");
  const { id } = notes.asked();
  notes.replies(id, { streams: 1, more: true }, "a");
  notes.says({ t: "end", at: "callee", id, no: 0 });
  assert.equal(kit.broker.in_flight, 1);
  notes.piece("reply", id, false, "b");
  assert.deepEqual(ui.port.all("piece"), [{ t: "piece", of: "reply", id: 1 }]);
  assert.deepEqual([kit.broker.in_flight, notes.seat.in_flight, ui.seat.open_streams], [0, 0, 0]);
});

Deno.test("a callee that answers a second time while its streams are open is not heard, and counts nothing twice", () => {
  const { kit, ui, notes, id } = streaming(2);
  notes.replies(id, { streams: 5 });
  notes.replies(id);
  notes.replies(id, { ok: false, code: "module_error" });
  assert.equal(ui.port.outcomesOf(1), 1);
  assert.deepEqual([ui.seat.open_streams, notes.seat.open_streams, kit.broker.in_flight], [2, 2, 1]);
  for (const no of [0, 1]) notes.says({ t: "end", at: "callee", id, no });
  assert.deepEqual([ui.seat.open_streams, notes.seat.open_streams, kit.broker.in_flight], [0, 0, 0]);
});

Deno.test("an answer with the last allowed stream passes, one more is refused and the callee told to stop", () => {
  for (const who of ["ui", "notes"] as const) {
    const kit = new BrokerKit();
    const limits = { open_streams: 2 };
    const ui = kit.seat("ui", { services: ["notes"], ...(who === "ui" && { limits }) });
    const notes = kit.seat("notes", { ...(who === "notes" && { limits }) });
    ui.calls(1, "notes");
    notes.replies(notes.asked().id, { streams: 2 });
    assert.equal(ui.port.last("reply").streams, 2);
    ui.calls(2, "notes");
    const { id } = notes.asked();
    notes.replies(id, { streams: 1 });
    const told = ui.port.faultOf(2);
    assert.deepEqual([told.code, told.maybe_ran], ["quota", true]);
    assert.match(told.message, new RegExp(`^'${who}' has 2 streams open and 1 more would begin`));
    assert.equal(notes.port.last("cancel").id, id);
    assert.deepEqual([ui.seat.open_streams, notes.seat.open_streams, kit.broker.in_flight], [2, 2, 1]);
  }
});

Deno.test("a call that lends more streams than its module may have open is refused before it is made", () => {
  const { ui, notes } = two({ open_streams: 2 });
  ui.calls(1, "notes", { lends: { streams: 2 } });
  ui.calls(2, "notes", { lends: { streams: 3 } });
  assert.deepEqual([ui.port.outcomesOf(1), ui.port.faultOf(2).code], [0, "quota"]);
  assert.equal(notes.port.all("call").length, 1);
});

Deno.test("streams for the operator are a fault that says who reads them, and the callee is told to stop", async () => {
  const kit = new BrokerKit();
  const notes = kit.seat("notes");
  const { outcome } = kit.broker.callAsOperator({ api: "notes", aspect: "default", name: "rows", payload: "[]" });
  notes.replies(notes.asked().id, { streams: 1 });
  const answer = await outcome;
  assert.ok(!answer.ok);
  assert.deepEqual([answer.fault.code, answer.fault.maybe_ran], ["invalid_argument", true]);
  assert.match(answer.fault.message, /the answer is a stream, which only modules read/);
  assert.equal(notes.port.last("cancel").id, notes.asked().id);
  assert.deepEqual([kit.broker.in_flight, notes.seat.open_streams], [0, 0]);
});

Deno.test("a fault in the place of streams begins none, whatever it says of them", () => {
  const { kit, ui, notes } = two();
  ui.calls(1, "notes");
  notes.replies(notes.asked().id, { ok: false, code: "module_error", streams: 3 }, "{}");
  assert.deepEqual(ui.port.last("reply"), { t: "reply", id: 1, ok: false, live: true, code: "module_error" });
  assert.deepEqual([ui.seat.open_streams, kit.broker.in_flight], [0, 0]);
});

Deno.test("open streams end with the call, however that ends, and are counted no more", () => {
  const ends = {
    "caller gives up": ({ kit, ui }: ReturnType<typeof streaming>) => kit.broker.onCancel(ui.port, 1),
    "callee unseated": ({ kit, notes }: ReturnType<typeof streaming>) =>
      kit.broker.unseat(notes.seat.instance, fault("moved", "replaced")),
    "callee dies": ({ kit, notes }: ReturnType<typeof streaming>) =>
      kit.broker.forgetCell(notes.cell, fault("module_killed", "it died")),
    "caller unseated": ({ kit, ui }: ReturnType<typeof streaming>) =>
      kit.broker.unseat(ui.seat.instance, fault("moved", "replaced")),
    "callee's link broke": ({ kit, notes }: ReturnType<typeof streaming>) =>
      kit.broker.reported(notes.cell, [notes.asked().key]),
    "caller's link broke": ({ kit, ui }: ReturnType<typeof streaming>) => kit.broker.reported(ui.cell, []),
    "caller does not read": ({ ui, notes, id }: ReturnType<typeof streaming>) => {
      ui.port.refuses = ({ t }) => t === "items";
      notes.says({ t: "items", at: "callee", id, no: 0, count: 1 }, "[1]");
    },
    "callee does not read": ({ ui, notes }: ReturnType<typeof streaming>) => {
      notes.port.refuses = ({ t }) => t === "pull";
      ui.says({ t: "pull", at: "caller", id: 1, no: 0, upto: 1, bytes: 1 });
    },
  };
  const expected: Record<keyof typeof ends, [code: string, stopped: boolean]> = {
    "caller gives up": ["cancelled", true],
    "callee unseated": ["moved", false],
    "callee dies": ["module_killed", false],
    "caller unseated": ["cancelled", true],
    "callee's link broke": ["moved", false],
    "caller's link broke": ["cancelled", true],
    "caller does not read": ["rate_limited", true],
    "callee does not read": ["rate_limited", true],
  };
  for (const [end, happen] of Object.entries(ends)) {
    const stage = streaming(2);
    happen(stage);
    const { kit, ui, notes } = stage;
    const [code, stopped] = expected[end as keyof typeof ends];
    assert.equal(ui.port.faultOf(1).code, code, end);
    assert.equal(ui.port.faultOf(1).maybe_ran, true, end);
    assert.deepEqual([ui.seat.open_streams, notes.seat.open_streams], [0, 0], end);
    assert.deepEqual([kit.broker.in_flight, notes.seat.in_flight], [0, 0], end);
    assert.equal(notes.port.all("cancel").length, stopped ? 1 : 0, end);
    assert.equal(ui.port.outcomesOf(1), 2, `${end}: the answer, and what ended its streams`);
  }
});

Deno.test("a call that lends streams ends when a link breaks over which they went", () => {
  for (const who of ["ui", "notes"] as const) {
    const { kit, ui, notes } = two();
    ui.calls(1, "notes", { lends: { streams: 1 } });
    ui.calls(2, "notes");
    const [first, second] = notes.port.all("call");
    kit.broker.reported(who === "ui" ? ui.cell : notes.cell, [first!.key, second!.key]);
    assert.equal(ui.port.faultOf(1).code, who === "ui" ? "cancelled" : "moved");
    assert.deepEqual([ui.port.outcomesOf(2), kit.broker.in_flight], [0, 1], "a call without streams takes its course");
  }
});

Deno.test("streams among the arguments count for who lends them, until the call is over", () => {
  const { ui, notes } = two({ open_streams: 3 });
  ui.calls(1, "notes", { lends: { streams: 2 } });
  const first = notes.asked();
  assert.equal(ui.seat.open_streams, 2);
  ui.calls(2, "notes", { lends: { streams: 2 } });
  assert.equal(ui.port.faultOf(2).code, "quota");
  ui.calls(3, "notes", { lends: { streams: 1 } });
  assert.deepEqual([ui.seat.open_streams, ui.port.outcomesOf(3)], [3, 0]);
  notes.replies(first.id);
  assert.equal(ui.seat.open_streams, 1);
});
