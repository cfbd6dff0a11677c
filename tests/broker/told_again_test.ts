/** Calls that are told again, after a kernel's crash or a lost link: the same key reaches the cell that has it, and nobody else; nothing runs twice. */
import assert from "node:assert/strict";
import { fault } from "../../kernel/contract/fault.ts";
import type { CallKey } from "../../kernel/contract/names.ts";
import { ACK_MS } from "../../kernel/broker/late_acks.ts";
import { BrokerKit, bytes, ScriptedPort, text } from "./scripted_broker.ts";

const AGAIN = { again: true } as const;
const keys = (...of: string[]) => of as CallKey[];
const ended = fault("module_killed", "its process ended");

Deno.test("after a crash a repeated call waits for all reports, with its pieces, and then runs where it is new", () => {
  const kit = new BrokerKit({ crashed: true });
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  ui.calls(1, "notes", { ...AGAIN, more: true }, bytes("a"));
  ui.piece("call", 1, false, bytes("b"));
  assert.equal(notes.port.sent.length, 0);
  kit.broker.allReported([]);
  assert.deepEqual(notes.port.sent.map(({ message, payload }) => `${message.t} ${text(payload)}`), [
    "call a",
    "piece b",
  ]);
});

Deno.test("after a crash a call that was never told before waits for nobody", () => {
  const kit = new BrokerKit({ crashed: true });
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  ui.calls(1, "notes");
  assert.equal(notes.port.all("call").length, 1);
});

Deno.test("a key that a cell reports goes there and nowhere else, also past the route and the limits", () => {
  const kit = new BrokerKit({ crashed: true });
  const ui = kit.seat("ui", { services: ["notes"] });
  const old = kit.seat("notes", { limits: { calls_in_flight: 1 } });
  kit.broker.reported(old.cell, keys("ui~1#1", "ui~1#2"));
  const fresh = kit.seat("notes");
  ui.calls(1, "notes", AGAIN);
  ui.calls(2, "notes", AGAIN);
  kit.hold("notes");
  kit.broker.allReported([]);
  assert.deepEqual(old.port.all("call").map(({ key }) => key), ["ui~1#1", "ui~1#2"]);
  assert.deepEqual([fresh.port.sent.length, old.seat.in_flight], [0, 2]);
});

Deno.test("in a shared cell a repeated call goes to its own module, never to a neighbour", () => {
  const kit = new BrokerKit();
  const port = new ScriptedPort("shared~1");
  const ui = kit.seat("ui", { services: ["a", "b"] });
  const [a] = [kit.seat("a", { port }), kit.seat("b", { port })];
  kit.broker.reported(port.cell, keys("ui~1#1"));
  ui.calls(1, "a", AGAIN);
  assert.equal(a.asked().to, a.seat.instance);
});

Deno.test("a cell that lies about the keys it holds gets no call to another's module, and stops none", () => {
  const kit = new BrokerKit({ crashed: true });
  const [ui, notes, evil] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes"), kit.seat("evil")];
  kit.broker.reported(evil.cell, keys("ui~1#1"));
  ui.calls(1, "notes", AGAIN);
  kit.broker.allReported([]);
  assert.deepEqual([evil.port.sent.length, notes.port.all("call").length, ui.port.sent.length], [0, 1, 0]);
});

Deno.test("a repeated call to a module whose cell was lost is module_killed and may have run", () => {
  const kit = new BrokerKit({ crashed: true });
  const [ui, notes] = [kit.seat("ui", { services: ["notes", "other"] }), kit.seat("notes")];
  const other = kit.seat("other");
  ui.calls(1, "notes", AGAIN);
  ui.calls(2, "other", AGAIN);
  kit.broker.allReported(["notes"]);
  ui.calls(3, "notes", AGAIN);
  ui.calls(4, "notes");
  for (const id of [1, 3]) {
    assert.deepEqual([ui.port.faultOf(id).code, ui.port.faultOf(id).maybe_ran], ["module_killed", true]);
  }
  assert.deepEqual([other.port.all("call").length, notes.asked().key], [1, "ui~1#4"]);
});

Deno.test("a repeated call that was answered by a cell which has ended since is never run anew", () => {
  const kit = new BrokerKit();
  const [ui, old] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  ui.calls(1, "notes");
  old.replies(old.asked().id);
  const fresh = kit.seat("notes");
  kit.broker.forgetCell(old.cell, ended);
  ui.calls(1, "notes", AGAIN);
  assert.deepEqual([ui.port.faultOf(1).code, ui.port.faultOf(1).maybe_ran], ["moved", true]);
  assert.equal(fresh.port.sent.length, 0);
});

Deno.test("a repeated call that was answered comes back to the cell that keeps the answer, until it is acknowledged", () => {
  const kit = new BrokerKit();
  const [ui, old] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  ui.calls(1, "notes");
  old.replies(old.asked().id);
  kit.seat("notes");
  ui.calls(1, "notes", AGAIN);
  assert.deepEqual(old.port.all("call").map(({ key }) => key), ["ui~1#1", "ui~1#1"]);
  old.replies(old.asked().id);
  kit.broker.onAck(ui.port, [[1, 1]]);
  kit.clock.advance(ACK_MS);
  assert.deepEqual(old.port.all("ack"), [{ t: "ack", of: "ui~1", ids: [[1, 1]] }]);
});

Deno.test("a call that is in flight and told again takes its course", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes", "late"] }), kit.seat("notes")];
  kit.hold("late");
  ui.calls(1, "notes");
  ui.calls(2, "late");
  ui.calls(1, "notes", AGAIN);
  ui.calls(2, "late", AGAIN);
  const late = kit.seat("late");
  assert.deepEqual([notes.port.all("call").length, late.port.all("call").length], [1, 1]);
  notes.replies(notes.asked().id);
  late.replies(late.asked().id);
  assert.deepEqual([ui.port.outcomesOf(1), ui.port.outcomesOf(2), kit.broker.in_flight], [1, 1, 0]);
});

Deno.test("a reply that lost its first pieces with the caller's link is asked for again where it is, though there is a newer instance", () => {
  const kit = new BrokerKit();
  const [ui, old] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  ui.calls(1, "notes");
  const first = old.asked().id;
  old.replies(first, { more: true }, bytes("half"));
  const fresh = kit.seat("notes");
  kit.broker.reported(ui.cell, []);
  const before = ui.port.sent.length;
  old.piece("reply", first, true, bytes("an orphan on the new link"));
  assert.equal(ui.port.sent.length, before);
  ui.calls(1, "notes", AGAIN);
  assert.deepEqual([old.asked().key, fresh.port.sent.length], ["ui~1#1", 0]);
  assert.notEqual(old.asked().id, first);
  old.piece("reply", first, false, bytes("late"));
  old.replies(old.asked().id, {}, bytes("whole"));
  assert.equal(text(ui.port.sent.at(-1)!.payload), "whole");
  assert.deepEqual([old.seat.in_flight, kit.broker.in_flight, kit.clock.pending <= 1], [0, 0, true]);
  kit.clock.advance(60_000);
  assert.equal(ui.port.outcomesOf(1), 2, "the half one and the whole one");
});

Deno.test("a call that lost its last pieces with the caller's link begins anew: its callee never gets a mixture", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes", "late"] }), kit.seat("notes")];
  kit.hold("late");
  for (const [id, api] of [[1, "notes"], [2, "late"]] as const) {
    ui.calls(id, api, { more: true }, bytes("old a"));
    ui.piece("call", id, true, bytes("old b"));
    ui.calls(id, api, { ...AGAIN, more: true }, bytes("new a"));
    ui.piece("call", id, false, bytes("new b"));
  }
  const late = kit.seat("late");
  const told = (port: ScriptedPort) => port.sent.map(({ message, payload }) => `${message.t} ${text(payload)}`.trim());
  assert.deepEqual(told(notes.port), ["call old a", "piece old b", "cancel", "piece", "call new a", "piece new b"]);
  assert.deepEqual(told(late.port), ["call new a", "piece new b"]);
  assert.deepEqual([notes.seat.in_flight, late.seat.in_flight], [1, 1]);
});

Deno.test("what a cell does not know after its link broke never arrived, but for what still waits to be sent", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  for (const id of [1, 2, 3]) ui.calls(id, "notes");
  const [, , third] = notes.port.all("call");
  notes.port.held_back.add(third!.id);
  const before = notes.port.sent.length;
  kit.broker.reported(notes.cell, keys("ui~1#1"));
  const told = ui.port.faultOf(2);
  assert.deepEqual([told.code, told.maybe_ran], ["moved", false]);
  assert.deepEqual([ui.port.outcomesOf(1), ui.port.outcomesOf(3), notes.seat.in_flight], [0, 0, 2]);
  assert.equal(notes.port.sent.length, before, "nothing of what never arrived is said on the new link");
});

Deno.test("a call in pieces that never arrived is not continued on the new link", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  ui.calls(1, "notes", { more: true });
  const before = notes.port.sent.length;
  kit.broker.reported(notes.cell, []);
  ui.piece("call", 1, false);
  assert.equal(ui.port.faultOf(1).code, "moved");
  assert.equal(notes.port.sent.length, before);
});

Deno.test("a parked call that its caller gives up is answered once and never run", () => {
  const kit = new BrokerKit({ crashed: true });
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  ui.calls(1, "notes", AGAIN);
  kit.broker.onCancel(ui.port, 1);
  kit.broker.onCancel(ui.port, 1);
  kit.broker.allReported([]);
  assert.deepEqual([ui.port.outcomesOf(1), ui.port.faultOf(1).code, ui.port.faultOf(1).maybe_ran], [
    1,
    "cancelled",
    true,
  ]);
  assert.equal(notes.port.sent.length, 0);
});

Deno.test("a caller parks at most as much as a queue may have, and calls of a cell that ended are forgotten", () => {
  const kit = new BrokerKit({ crashed: true });
  const [ui, gone, notes] = [
    kit.seat("ui", { services: ["notes"] }),
    kit.seat("gone", { services: ["notes"] }),
    kit.seat("notes"),
  ];
  gone.calls(1, "notes", AGAIN);
  for (let id = 1; id <= 16; id++) ui.calls(id, "notes", AGAIN, new Uint8Array(1_048_576));
  assert.deepEqual([ui.port.outcomesOf(15), ui.port.faultOf(16).code, ui.port.faultOf(16).maybe_ran], [
    0,
    "rate_limited",
    true,
  ]);
  kit.broker.forgetCell(gone.cell, ended);
  kit.broker.allReported([]);
  assert.ok(notes.port.all("call").every(({ caller }) => caller.api === "ui"));
});

Deno.test("a repeated call is still refused what is no longer granted, and told that it may have run", () => {
  const kit = new BrokerKit({ crashed: true });
  const [ui, notes] = [kit.seat("ui"), kit.seat("notes")];
  kit.broker.reported(notes.cell, keys("ui~1#1"));
  ui.calls(1, "notes", AGAIN);
  assert.deepEqual([ui.port.faultOf(1).code, ui.port.faultOf(1).maybe_ran], ["not_granted", true]);
});

Deno.test("a parked call that is told yet again, on a newer link, begins anew: no mixture of pieces", () => {
  const kit = new BrokerKit({ crashed: true });
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  for (const link of ["old", "new"]) {
    ui.calls(1, "notes", { ...AGAIN, more: true }, bytes(`${link} a`));
    ui.piece("call", 1, link === "old", bytes(`${link} b`));
  }
  kit.broker.allReported([]);
  assert.deepEqual(notes.port.sent.map(({ payload }) => text(payload)), ["new a", "new b"]);
});

Deno.test("after a crash a call to a kept function waits until its lender's cell has told what it keeps", () => {
  const kit = new BrokerKit({ crashed: true });
  const [ui, notes, evil] = [kit.seat("ui"), kit.seat("notes"), kit.seat("evil")];
  notes.calls(1, "ui", { kind: "kept", name: "changed" });
  notes.calls(2, "ui", { kind: "kept", name: "closed" });
  kit.broker.keeps(evil.cell, ui.seat.instance, [{ name: "closed", to: ["notes"] }]);
  kit.broker.keeps(ui.cell, ui.seat.instance, [{ name: "changed", to: ["notes"] }]);
  kit.broker.keeps(evil.cell, ui.seat.instance, [{ name: "closed", to: ["notes"] }]);
  assert.deepEqual([ui.port.sent.length, notes.port.sent.length], [0, 0]);
  kit.broker.allReported(["ui"]);
  assert.deepEqual(ui.port.all("call").map(({ name, kind }) => [name, kind]), [["changed", "kept"]]);
  assert.equal(notes.port.faultOf(2).code, "cancelled");
});

Deno.test("what a cell tells that it keeps takes the place of what was known: it may have been revoked while no link was there", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui"), kit.seat("notes")];
  kit.broker.keeps(ui.cell, ui.seat.instance, [{ name: "changed", to: ["notes"] }]);
  kit.broker.keeps(ui.cell, ui.seat.instance, []);
  notes.calls(1, "ui", { kind: "kept", name: "changed" });
  assert.equal(notes.port.faultOf(1).code, "cancelled");
});
