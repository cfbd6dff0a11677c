/** Calls and replies in pieces: whatever breaks off, nobody is left with half a message, and each call has one outcome. */
import assert from "node:assert/strict";
import { fault } from "../../kernel/contract/fault.ts";
import type { KernelMessage } from "../../kernel/contract/wire.ts";
import { BrokerKit, bytes, type ScriptedPort, text } from "./scripted_broker.ts";

function two(limits = {}) {
  const kit = new BrokerKit();
  return { kit, ui: kit.seat("ui", { services: ["notes"] }), notes: kit.seat("notes", { limits }) };
}
const kinds = (port: ScriptedPort, from = 0): string[] =>
  port.sent.slice(from).map(({ message: m, payload }) => `${say(m)}:${text(payload)}`);
function say(m: KernelMessage): string {
  const more = "more" in m && m.more ? "+" : "";
  return m.t === "reply"
    ? `reply ${m.ok ? "ok" : m.code}${more}`
    : m.t === "piece"
    ? `piece ${m.of}${more}`
    : m.t + more;
}

Deno.test("a call in pieces is passed on piece by piece", () => {
  const { ui, notes } = two();
  ui.calls(1, "notes", { more: true }, bytes("a"));
  ui.piece("call", 1, true, bytes("b"));
  ui.piece("call", 1, false, bytes("c"));
  ui.piece("call", 1, false, bytes("more than there is"));
  assert.deepEqual(kinds(notes.port), ["call+:a", "piece call+:b", "piece call:c"]);
});

Deno.test("a held call keeps its pieces in order, at most as many bytes as a queue may have", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  kit.hold("notes");
  ui.calls(1, "notes", { more: true }, bytes("a"));
  ui.piece("call", 1, true, bytes("b"));
  ui.calls(2, "notes", { more: true }, bytes("x"));
  ui.piece("call", 1, false, bytes("c"));
  for (let sent = 0; ui.port.outcomesOf(2) === 0; sent++) {
    assert.ok(sent < 300, "a call that never ends fills the kernel's memory");
    ui.piece("call", 2, true, new Uint8Array(65_536));
  }
  assert.equal(ui.port.faultOf(2).code, "rate_limited");
  assert.deepEqual(kinds(kit.seat("notes").port), ["call+:a", "piece call+:b", "piece call:c"]);
});

Deno.test("a held call whose pieces are empty ends all the same", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  kit.hold("notes");
  ui.calls(1, "notes", { more: true }, bytes(""));
  for (let sent = 0; ui.port.outcomesOf(1) === 0; sent++) {
    assert.ok(sent < 300_000, "pieces without weight fill the kernel's memory");
    ui.piece("call", 1, true, bytes(""));
  }
  assert.equal(ui.port.faultOf(1).code, "rate_limited");
});

Deno.test("pieces of a call that was refused, or has ended, go nowhere", () => {
  const { kit, ui, notes } = two();
  ui.calls(1, "other", { more: true });
  ui.piece("call", 1, false);
  ui.calls(2, "notes");
  notes.replies(notes.asked().id);
  ui.piece("call", 2, false);
  assert.deepEqual(notes.port.all("piece"), []);
  assert.equal(kit.broker.in_flight, 0);
});

Deno.test("a call in pieces that ends half-way is cancelled at its callee, and closed there", () => {
  for (const end of ["deadline", "cancel", "unseat", "early reply"] as const) {
    const { kit, ui, notes } = two({ call_timeout_ms: 100 });
    ui.calls(1, "notes", { more: true }, bytes("a"));
    const before = notes.port.sent.length;
    if (end === "deadline") kit.clock.advance(200);
    if (end === "cancel") kit.broker.onCancel(ui.port, 1);
    if (end === "unseat") kit.broker.unseat(ui.seat.instance, fault("moved", "replaced"));
    if (end === "early reply") notes.replies(notes.asked().id, { ok: false, code: "too_large" });
    assert.deepEqual(kinds(notes.port, before), ["cancel:", "piece call:"], end);
    assert.equal(ui.port.outcomesOf(1), 1, end);
    if (end !== "early reply") assert.equal(ui.port.faultOf(1).maybe_ran, false, `${end}: half a call can't have run`);
    ui.piece("call", 1, false);
    assert.equal(notes.port.sent.length, before + 2, end);
    assert.equal(notes.seat.in_flight, 0);
  }
});

Deno.test("a callee that stops reading in the middle of a call fails that call alone", () => {
  const { kit, ui, notes } = two();
  ui.calls(1, "notes", { more: true }, bytes("a"));
  notes.port.refuses = (message) => message.t === "piece" && message.more === true;
  ui.piece("call", 1, true, bytes("b"));
  assert.equal(ui.port.faultOf(1).code, "rate_limited");
  assert.deepEqual(kinds(notes.port).slice(1), ["cancel:", "piece call:"]);
  assert.equal(kit.broker.in_flight, 0);
});

Deno.test("a reply in pieces is one outcome, counted by what its first piece said", () => {
  const { kit, ui, notes } = two();
  ui.calls(1, "notes");
  const { id } = notes.asked();
  notes.replies(id, { ok: false, code: "conflict", more: true }, bytes("a"));
  notes.replies(id, {}, bytes("a second reply"));
  notes.piece("reply", id, true, bytes("b"));
  assert.equal(notes.seat.in_flight, 1);
  notes.piece("reply", id, false, bytes("c"));
  assert.deepEqual(kinds(ui.port), ["reply conflict+:a", "piece reply+:b", "piece reply:c"]);
  assert.deepEqual([notes.seat.in_flight, kit.broker.statistics.of("notes").faults], [0, 1]);
  notes.piece("reply", id, false, bytes("late"));
  assert.equal(ui.port.sent.length, 3);
});

Deno.test("a reply that breaks off becomes a fault, and what was begun at the caller is closed behind it", () => {
  for (const end of ["callee dies", "deadline", "caller does not read"] as const) {
    const { kit, ui, notes } = two({ call_timeout_ms: 100 });
    ui.calls(1, "notes");
    const { id } = notes.asked();
    notes.replies(id, { more: true }, bytes("half"));
    if (end === "callee dies") kit.broker.forgetCell(notes.cell, fault("module_killed", "dead"));
    if (end === "deadline") kit.clock.advance(200);
    if (end === "caller does not read") {
      ui.port.refuses = (message) => message.t === "piece" && message.more === true;
      notes.piece("reply", id, true);
    }
    const code = { "callee dies": "module_killed", "deadline": "timeout", "caller does not read": "rate_limited" }[end];
    assert.equal(ui.port.faultOf(1).code, code);
    assert.equal(ui.port.faultOf(1).maybe_ran, true);
    const [first, second, third] = ui.port.sent.map(({ message }) => say(message));
    assert.deepEqual(
      [first, second, third, ui.port.sent.length],
      ["reply ok+", `reply ${code}`, "piece reply", 3],
      end,
    );
    notes.piece("reply", id, false);
    assert.equal(ui.port.sent.length, 3, end);
    assert.equal(notes.seat.in_flight, 0);
  }
});

Deno.test("pieces of a reply are taken only from the cell that has the call, and only after its reply", () => {
  const { kit, ui, notes } = two();
  const evil = kit.seat("evil");
  ui.calls(1, "notes");
  const { id } = notes.asked();
  notes.piece("reply", id, false);
  assert.equal(ui.port.sent.length, 0);
  notes.replies(id, { more: true });
  evil.piece("reply", id, false);
  assert.equal(ui.port.sent.length, 1);
  assert.equal(notes.seat.in_flight, 1);
});
