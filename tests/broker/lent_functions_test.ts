import assert from "node:assert/strict";
import { KeptFunctions, MOST_KEPT, seatOfLender } from "../../kernel/broker/lent_functions.ts";
import type { CallEntry } from "../../kernel/broker/call_ledger.ts";
import { fault } from "../../kernel/contract/fault.ts";
import type { InstanceId } from "../../kernel/contract/names.ts";
import { LOANS } from "../../kernel/contract/wire.ts";
import { BrokerKit, text } from "./scripted_broker.ts";

const id = (text: string) => text as InstanceId;

// ── the pure parts ──

Deno.test("KeptFunctions finds what was lent to that borrower under that name, and for nobody else", () => {
  const kit = new BrokerKit();
  const seats = [kit.seat("notes"), kit.seat("other")].map(({ seat }) => seat);
  const kept = new KeptFunctions();
  assert.ok(kept.lend(seats[0]!.instance, ["on_change"], "store"));
  const found = kept.find(seats, "notes", "on_change", "store");
  assert.equal(found.ok && found.value, seats[0]);
  for (
    const [api, name, borrower] of [
      ["other", "on_change", "store"],
      ["notes", "on_close", "store"],
      ["notes", "on_change", "thief"],
      ["notes", "constructor", "store"],
    ] as const
  ) {
    const refused = kept.find(seats, api, name, borrower);
    assert.ok(!refused.ok, `${api}.${name} for ${borrower}`);
    assert.deepEqual([refused.fault.code, refused.fault.retriable], ["cancelled", false]);
    assert.equal(
      refused.fault.message,
      `'${api}' keeps no function '${name}' for '${borrower}': it was revoked, or its instance is gone`,
    );
  }
});

Deno.test("KeptFunctions finds the newest instance that keeps the name, and those alone that are seated", () => {
  const kit = new BrokerKit();
  const [old, fresh, bare] = [1, 2, 3].map(() => kit.seat("notes").seat);
  const kept = new KeptFunctions();
  kept.lend(old!.instance, ["on_change"], "store");
  kept.lend(fresh!.instance, ["on_change"], "store");
  const find = (seats: NonNullable<typeof old>[]) => {
    const found = kept.find(seats, "notes", "on_change", "store");
    return found.ok ? found.value : undefined;
  };
  assert.equal(find([old!, fresh!, bare!]), fresh);
  assert.equal(find([old!, bare!]), old);
  assert.equal(find([bare!]), undefined);
  kept.forget(fresh!.instance);
  assert.equal(find([old!, fresh!]), old);
});

Deno.test("KeptFunctions takes a name back from all its borrowers", () => {
  const kit = new BrokerKit();
  const { seat } = kit.seat("notes");
  const kept = new KeptFunctions();
  kept.lend(seat.instance, ["on_change", "on_close"], "store");
  kept.lend(seat.instance, ["on_change"], "index");
  kept.revoke(seat.instance, "on_change");
  kept.revoke(seat.instance, "never lent");
  kept.revoke(id("9.9"), "on_close");
  const finds = (name: string, borrower: string) => kept.find([seat], "notes", name, borrower).ok;
  assert.deepEqual([finds("on_change", "store"), finds("on_change", "index"), finds("on_close", "store")], [
    ...[false, false, true],
  ]);
});

Deno.test("KeptFunctions keeps the last allowed name and refuses the next; one that it has counts once", () => {
  const kept = new KeptFunctions();
  for (let n = 0; n < MOST_KEPT; n++) assert.ok(kept.lend(id("1.1"), [`f${n}`], "store"));
  assert.ok(kept.lend(id("1.1"), ["f0", "f1"], "index"));
  assert.ok(!kept.lend(id("1.1"), ["one more"], "store"));
  assert.ok(kept.lend(id("1.2"), ["one more"], "store"), "another instance has its own count");
  kept.revoke(id("1.1"), "f0");
  assert.ok(kept.lend(id("1.1"), ["one more"], "store"));
});

Deno.test("KeptFunctions takes what it is told of loans that another kernel admitted up to its bounds, and leaves the rest", () => {
  const kit = new BrokerKit();
  const { seat } = kit.seat("notes");
  const { instance } = seat;
  const kept = new KeptFunctions();
  const finds = (name: string, borrower: string) => kept.find([seat], "notes", name, borrower).ok;
  for (let n = 0; n <= LOANS.borrowers; n++) kept.told(instance, ["on_change"], `b${n}`);
  assert.deepEqual([finds("on_change", `b${LOANS.borrowers - 1}`), finds("on_change", `b${LOANS.borrowers}`)], [
    true,
    false,
  ]);
  for (let n = 1; n <= MOST_KEPT; n++) kept.told(instance, [`f${n}`], "store");
  assert.deepEqual([finds(`f${MOST_KEPT - 1}`, "store"), finds(`f${MOST_KEPT}`, "store")], [true, false]);
});

Deno.test("a cell lends what its own instances keep, and nobody else's", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui"), kit.seat("notes")];
  const kept = { kind: "kept", name: "on_change" } as const;
  kit.broker.onLend(notes.port, ui.seat.instance, ["on_change"], "notes");
  notes.calls(1, "ui", kept);
  assert.equal(notes.port.faultOf(1).code, "cancelled");
  kit.broker.onLend(ui.port, ui.seat.instance, ["on_change"], "notes");
  notes.calls(2, "ui", kept);
  assert.equal(ui.asked().name, "on_change");
});

Deno.test("seatOfLender says why nobody can be called back: the call is over, the number is not there, the lender is gone", () => {
  const over = seatOfLender(undefined, "0", () => true);
  assert.ok(!over.ok);
  assert.deepEqual([over.fault.code, over.fault.retriable], ["cancelled", false]);
  assert.match(over.fault.message, /the call with which this function was lent is over/);
  const { seat } = new BrokerKit().seat("ui");
  const serving = { lends: { functions: 2 }, from: seat } as CallEntry;
  const found = seatOfLender(serving, "1", (instance) => instance === seat.instance);
  assert.equal(found.ok && found.value, seat);
  const beyond = seatOfLender(serving, "2", () => true);
  assert.equal(beyond.ok || beyond.fault.code, "not_granted");
  const gone = seatOfLender(serving, "1", () => false);
  assert.ok(!gone.ok);
  assert.deepEqual([gone.fault.code, gone.fault.message], ["moved", "the instance that lent this function is gone"]);
});

// ── through the broker: who may call what ──

function lending(functions = 2) {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  const notes = kit.seat("notes");
  ui.calls(7, "notes", { lends: { functions } });
  return { kit, ui, notes, parent: notes.asked().id };
}
const lent = (parent: number, name = "0") => ({ kind: "lent", parent, name } as const);

Deno.test("a function lent with a call is called at the very instance that lent it, without any grant", () => {
  const { ui, notes, parent } = lending();
  notes.calls(1, "ui", lent(parent, "1"), "[5]");
  const call = ui.asked();
  assert.deepEqual({ ...call, trace: "" }, {
    ...{ t: "call", id: call.id, key: "notes~2#1", to: ui.seat.instance, aspect: "default", name: "1", kind: "lent" },
    ...{ caller: { api: "notes", principal: "ui" }, trace: "", ms: 30_000, depth: 2, made: 7 },
  });
  assert.equal(text(ui.port.sent.at(-1)!.payload), "[5]");
  ui.replies(call.id, {}, "six");
  assert.equal(text(notes.port.sent.at(-1)!.payload), "six");
});

Deno.test("a lent function is called at the lender, whatever the call says of an api and though a newer instance serves it", () => {
  const { kit, ui, notes, parent } = lending();
  const fresh = kit.seat("ui");
  const other = kit.seat("other");
  notes.calls(1, "other", lent(parent));
  assert.deepEqual([ui.port.all("call").length, fresh.port.all("call").length, other.port.all("call").length], [
    ...[1, 0, 0],
  ]);
});

Deno.test("a function that was not lent with the call can't be called, the last one that was can", () => {
  const { ui, notes, parent } = lending(2);
  for (const [n, name] of ["2", "-1", "0.5", "x", "on_change", "1e9", "NaN"].entries()) {
    notes.calls(n, "ui", lent(parent, name));
    assert.equal(notes.port.faultOf(n).code, "not_granted", name);
    assert.equal(notes.port.faultOf(n).message, `no function '${name}' was lent with this call`);
  }
  notes.calls(20, "ui", lent(parent, "1"));
  assert.equal(ui.port.all("call").length, 1);
  const none = lending(0);
  none.notes.calls(1, "ui", lent(none.parent, "0"));
  assert.equal(none.notes.port.faultOf(1).code, "not_granted");
});

Deno.test("a lent function is gone with its call, and is never another module's to call", () => {
  const { kit, ui, notes, parent } = lending();
  const evil = kit.seat("evil");
  evil.calls(1, "ui", lent(parent));
  assert.equal(evil.port.faultOf(1).code, "cancelled");
  notes.calls(2, "ui", { kind: "lent", name: "0" });
  assert.equal(notes.port.faultOf(2).code, "cancelled", "it names no call");
  notes.replies(parent);
  notes.calls(3, "ui", lent(parent));
  const told = notes.port.faultOf(3);
  assert.deepEqual([told.code, told.message], [
    ...["cancelled", "the call with which this function was lent is over"],
  ]);
  assert.equal(ui.port.all("call").length, 0);
});

Deno.test("a lent function goes with the instance that lent it, and never runs in its successor", () => {
  const { kit, ui, notes, parent } = lending();
  const fresh = kit.seat("ui");
  kit.broker.unseat(ui.seat.instance, fault("moved", "replaced"));
  notes.calls(1, "ui", lent(parent));
  assert.deepEqual([notes.port.faultOf(1).code, fresh.port.sent.length], ["cancelled", 0]);
});

Deno.test("the operator lends nothing", () => {
  const kit = new BrokerKit();
  const notes = kit.seat("notes");
  kit.broker.callAsOperator({ api: "notes", aspect: "default", name: "do", payload: "[]" });
  notes.calls(1, "ui", lent(notes.asked().id));
  assert.equal(notes.port.faultOf(1).code, "not_granted");
});

Deno.test("a call back is bound by depth and by the lender's calls in flight, the last allowed passes", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"], limits: { call_depth: 2, calls_in_flight: 1 } });
  const notes = kit.seat("notes", { limits: { call_depth: 1 } });
  ui.calls(7, "notes", { lends: { functions: 1 } });
  const parent = notes.asked().id;
  notes.calls(1, "ui", lent(parent));
  notes.calls(2, "ui", lent(parent));
  assert.deepEqual([ui.asked().depth, notes.port.faultOf(2).code], [2, "rate_limited"]);
  const deep = kit.seat("deep", { services: ["notes"], limits: { call_depth: 1 } });
  deep.calls(1, "notes", { lends: { functions: 1 } });
  notes.calls(3, "deep", lent(notes.asked().id));
  assert.equal(notes.port.faultOf(3).code, "too_deep");
});

Deno.test("a call back has no more time than the call with which the function was lent", () => {
  const { kit, ui, notes, parent } = lending();
  kit.clock.advance(29_000);
  notes.calls(1, "ui", lent(parent));
  assert.equal(ui.asked().ms, 1_000);
});

Deno.test("a function kept by name is called when no call is being served, by its borrower alone", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  const [notes, evil] = [kit.seat("notes"), kit.seat("evil")];
  ui.calls(1, "notes", { lends: { kept: ["on_change"] } });
  notes.replies(notes.asked().id);
  notes.calls(1, "ui", { kind: "kept", name: "on_change" }, "[1]");
  const call = ui.asked();
  assert.deepEqual([call.kind, call.name, call.caller, call.depth, call.made], [
    ...["kept", "on_change", { api: "notes", principal: "notes" }, 1, undefined],
  ]);
  evil.calls(1, "ui", { kind: "kept", name: "on_change" });
  notes.calls(2, "ui", { kind: "kept", name: "on_close" });
  notes.calls(3, "evil", { kind: "kept", name: "on_change" });
  assert.deepEqual([evil.port.faultOf(1).code, notes.port.faultOf(2).code, notes.port.faultOf(3).code], [
    ...["cancelled", "cancelled", "cancelled"],
  ]);
  assert.equal(ui.port.all("call").length, 1);
});

Deno.test("what is kept is no method: its borrower can't call other things of the lender, nor the function as a method", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  const notes = kit.seat("notes");
  ui.calls(1, "notes", { lends: { kept: ["on_change"] } });
  for (const [n, kind] of (["call", "get"] as const).entries()) {
    notes.calls(n, "ui", { kind, name: "on_change" });
    assert.equal(notes.port.faultOf(n).code, "not_granted");
  }
  assert.equal(ui.port.all("call").length, 0);
});

Deno.test("a kept function is gone when it is revoked by the cell of its instance, not when another cell says so", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  const [notes, evil] = [kit.seat("notes"), kit.seat("evil")];
  ui.calls(1, "notes", { lends: { kept: ["on_change"] } });
  const calls = (id: number) => notes.calls(id, "ui", { kind: "kept", name: "on_change" });
  kit.broker.onRevoke(evil.port, ui.seat.instance, "on_change");
  kit.broker.onRevoke(ui.port, evil.seat.instance, "on_change");
  kit.broker.onRevoke(ui.port, "9.9" as InstanceId, "on_change");
  calls(1);
  assert.equal(ui.port.all("call").length, 1);
  kit.broker.onRevoke(ui.port, ui.seat.instance, "on_change");
  calls(2);
  assert.deepEqual([notes.port.faultOf(2).code, ui.port.all("call").length], ["cancelled", 1]);
});

Deno.test("a kept function goes with its instance, and with its cell", () => {
  for (const end of ["unseat", "forgetCell"] as const) {
    const kit = new BrokerKit();
    const ui = kit.seat("ui", { services: ["notes"] });
    const notes = kit.seat("notes");
    ui.calls(1, "notes", { lends: { kept: ["on_change"] } });
    const fresh = kit.seat("ui");
    const why = fault("moved", "replaced");
    if (end === "unseat") kit.broker.unseat(ui.seat.instance, why);
    else kit.broker.forgetCell(ui.cell, why);
    notes.calls(1, "ui", { kind: "kept", name: "on_change" });
    assert.deepEqual([notes.port.faultOf(1).code, fresh.port.sent.length], ["cancelled", 0]);
  }
});

Deno.test("an instance that keeps as many functions as it may is refused the next, and the call is not made", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  const notes = kit.seat("notes");
  for (let n = 0; n < MOST_KEPT; n += 16) {
    ui.calls(n, "notes", { lends: { kept: Array.from({ length: 16 }, (_, i) => `f${n + i}`) } });
    assert.equal(ui.port.outcomesOf(n), 0);
  }
  ui.calls(1_000, "notes", { lends: { kept: ["one_more"] } });
  assert.equal(ui.port.faultOf(1_000).code, "quota");
  assert.equal(notes.port.all("call").length, MOST_KEPT / 16);
});

Deno.test("a call that is refused lends nothing: not to whom it names, nor to the kernel's memory", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes", "full"] });
  const notes = kit.seat("notes");
  const [other, full] = [kit.seat("other"), kit.seat("full", { limits: { calls_in_flight: 1 } })];
  ui.calls(1, "full");
  for (const [id, borrower] of [[2, other], [3, full]] as const) {
    ui.calls(id, borrower.seat.api, { lends: { kept: ["on_change"] } });
    assert.match(ui.port.faultOf(id).code, /^(not_granted|rate_limited)$/);
    borrower.calls(1, "ui", { kind: "kept", name: "on_change" });
    assert.equal(borrower.port.faultOf(1).code, "cancelled");
  }
  for (let n = 0; n < 2 * MOST_KEPT; n++) ui.calls(100 + n, "other", { lends: { kept: [`f${n}`] } });
  ui.calls(4, "notes", { lends: { kept: ["on_change"] } });
  assert.equal(ui.port.outcomesOf(4), 0, "what was never lent counts for nothing");
  notes.calls(1, "ui", { kind: "kept", name: "on_change" });
  assert.equal(ui.port.all("call").length, 1);
});

Deno.test("what is kept with a call back is kept for its lender, whatever api the call names", () => {
  const { kit, ui, notes, parent } = lending(1);
  const evil = kit.seat("evil");
  notes.calls(1, "evil", { ...lent(parent), lends: { kept: ["on_done"] } });
  evil.calls(1, "notes", { kind: "kept", name: "on_done" });
  assert.equal(evil.port.faultOf(1).code, "cancelled");
  ui.calls(8, "notes", { kind: "kept", name: "on_done" });
  assert.equal(notes.asked().kind, "kept");
});
