import assert from "node:assert/strict";
import { fault } from "../../kernel/contract/fault.ts";
import type { ApiName } from "../../kernel/contract/names.ts";
import { ACK_MS } from "../../kernel/broker/late_acks.ts";
import { BrokerKit, bytes, text } from "./scripted_broker.ts";

const GONE = fault("moved", "replaced");

Deno.test("Broker delivers a call with the caller stamped by itself, and its reply back to the caller's number", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  ui.calls(7, "notes", { name: "read", aspect: "tool", timeout: 900 }, bytes("[1]"));
  const call = notes.asked();
  assert.deepEqual({ ...call, trace: "" }, {
    ...{ t: "call", id: call.id, key: "ui~1#7", to: "1.2", aspect: "tool", name: "read", kind: "call" },
    ...{ caller: { api: "ui", principal: "ui" }, trace: "", ms: 900, depth: 1 },
  });
  assert.equal(text(notes.port.sent.at(-1)!.payload), "[1]");
  assert.match(call.trace, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  assert.equal(notes.seat.in_flight, 1);
  notes.replies(call.id, {}, bytes("42"));
  assert.deepEqual(ui.port.last("reply"), { t: "reply", id: 7, ok: true, live: true });
  assert.equal(text(ui.port.sent.at(-1)!.payload), "42");
  assert.deepEqual([notes.seat.in_flight, kit.broker.in_flight], [0, 0]);
});

Deno.test("Broker refuses in the order of the handle's promise, and says whether a live instance was found", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes", "gone", "ill", "busy"] });
  kit.seat("notes");
  kit.seat("busy", { limits: { calls_in_flight: 1 } });
  kit.down("gone");
  kit.down("ill", true);
  ui.calls(1, "notes", { name: "_x" });
  ui.calls(2, "other");
  ui.calls(3, "gone");
  ui.calls(4, "ill");
  ui.calls(5, "busy");
  ui.calls(6, "busy");
  const told = [1, 2, 3, 4, 6].map((id) => [ui.port.faultOf(id).code, ui.port.faultOf(id).live]);
  assert.deepEqual(told, [
    ["private_name", false],
    ["not_granted", false],
    ["service_down", false],
    ["quarantined", false],
    ["rate_limited", true],
  ]);
  assert.equal(ui.port.faultOf(3).message, "Service 'gone' is not active or failed to load.");
});

Deno.test("Broker refuses calls of an instance that is not loaded, or not in the cell that speaks", () => {
  const kit = new BrokerKit();
  const [ui, evil, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("evil"), kit.seat("notes")];
  kit.broker.onCall(evil.port, {
    ...{ t: "call", id: 1, from: ui.seat.instance, api: "notes", aspect: "default", name: "do", kind: "call" },
  }, bytes(""));
  assert.equal(evil.port.faultOf(1).code, "cancelled");
  kit.broker.unseat(ui.seat.instance, GONE);
  ui.calls(2, "notes");
  assert.equal(ui.port.faultOf(2).code, "cancelled");
  assert.equal(notes.port.sent.length, 0);
});

Deno.test("Broker takes a reply only from the cell that has the call, once, and ignores made-up numbers", () => {
  const kit = new BrokerKit();
  const [ui, notes, evil] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes"), kit.seat("evil")];
  ui.calls(1, "notes");
  const { id } = notes.asked();
  evil.replies(id);
  evil.piece("reply", id, false);
  ui.replies(id);
  notes.replies(id + 1);
  assert.equal(ui.port.outcomesOf(1), 0);
  notes.replies(id);
  notes.replies(id);
  assert.equal(ui.port.outcomesOf(1), 1);
  assert.equal(notes.seat.in_flight, 0);
});

Deno.test("Broker lets the first of two calls with one number stand", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  ui.calls(1, "notes");
  ui.calls(1, "notes", { name: "other" });
  assert.deepEqual(notes.port.all("call").map(({ name }) => name), ["do"]);
  notes.replies(notes.asked().id);
  assert.equal(ui.port.outcomesOf(1), 1);
});

Deno.test("Broker ends a call at its deadline, tells its callee to stop, and ignores the late reply", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [
    kit.seat("ui", { services: ["notes"] }),
    kit.seat("notes", { limits: { call_timeout_ms: 100 } }),
  ];
  ui.calls(1, "notes");
  const { id } = notes.asked();
  kit.clock.advance(99);
  assert.equal(ui.port.outcomesOf(1), 0);
  kit.clock.advance(15);
  const told = ui.port.faultOf(1);
  assert.deepEqual([told.code, told.message, told.maybe_ran, told.live], [
    ...["timeout", "'notes.do' did not answer within 100 ms", true, true],
  ]);
  assert.deepEqual(notes.port.last("cancel"), { t: "cancel", id });
  notes.replies(id);
  assert.deepEqual([ui.port.outcomesOf(1), notes.seat.in_flight, kit.broker.in_flight], [1, 0, 0]);
});

Deno.test("Broker answers a caller that gives up, so that its shell can forget the call, and stops the callee", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes", "later"] }), kit.seat("notes")];
  kit.hold("later");
  ui.calls(1, "notes");
  ui.calls(2, "later");
  for (const id of [1, 2, 3]) kit.broker.onCancel(ui.port, id);
  assert.deepEqual([ui.port.faultOf(1).code, ui.port.faultOf(1).maybe_ran], ["cancelled", true]);
  assert.deepEqual([ui.port.faultOf(2).code, ui.port.faultOf(2).maybe_ran], ["cancelled", false]);
  assert.equal(ui.port.outcomesOf(3), 0);
  assert.deepEqual(notes.port.all("cancel").length, 1);
  notes.replies(notes.asked().id);
  assert.deepEqual([ui.port.outcomesOf(1), notes.seat.in_flight, kit.broker.in_flight], [1, 0, 0]);
});

Deno.test("Broker lets nobody cancel another cell's call", () => {
  const kit = new BrokerKit();
  const [ui, notes, evil] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes"), kit.seat("evil")];
  ui.calls(1, "notes");
  kit.broker.onCancel(evil.port, 1);
  kit.broker.onCancel(evil.port, notes.asked().id);
  assert.equal(notes.port.all("cancel").length, 0);
});

Deno.test("Broker holds calls in their order until there is a seat", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  kit.hold("notes");
  for (const id of [3, 1, 2]) ui.calls(id, "notes", {}, bytes(`${id}`));
  kit.clock.advance(50);
  const notes = kit.seat("notes");
  assert.deepEqual(notes.port.all("call").map(({ key }) => key), ["ui~1#3", "ui~1#1", "ui~1#2"]);
  assert.deepEqual(notes.port.sent.map(({ payload }) => text(payload)), ["3", "1", "2"]);
  assert.equal(notes.seat.in_flight, 3);
  assert.equal(notes.port.all("call")[0]!.ms, 29_950);
});

Deno.test("Broker copies what it holds: the span it came in belongs to its link", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  kit.hold("notes");
  const chunk = bytes("before");
  ui.calls(1, "notes", {}, chunk);
  chunk.set(bytes("after!"));
  assert.equal(text(kit.seat("notes").port.sent[0]!.payload), "before");
});

Deno.test("Broker holds as many calls as may be in flight, and no more bytes than a queue may have", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes", "big"] });
  kit.hold("notes", { calls_in_flight: 2 });
  for (const id of [1, 2, 3]) ui.calls(id, "notes");
  assert.deepEqual([1, 2].map((id) => ui.port.outcomesOf(id)), [0, 0]);
  assert.deepEqual([ui.port.faultOf(3).code, ui.port.faultOf(3).live], ["rate_limited", false]);
  kit.hold("big");
  const mebibyte = new Uint8Array(1_048_576 - 64); // with its cost as a message
  for (let id = 10; id <= 26; id++) ui.calls(id, "big", {}, mebibyte);
  assert.deepEqual([ui.port.outcomesOf(25), ui.port.faultOf(26).code], [0, "rate_limited"]);
});

Deno.test("Broker lets held calls expire, and fails them when the api is down or claimed by nobody", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["slow", "ill", "gone"] });
  kit.hold("slow", { call_timeout_ms: 100 });
  kit.hold("ill");
  kit.hold("gone");
  for (const [id, api] of [[1, "slow"], [2, "ill"], [3, "gone"]] as const) ui.calls(id, api);
  kit.down("ill", true);
  kit.broker.route("gone" as ApiName, undefined);
  assert.deepEqual([ui.port.faultOf(2).code, ui.port.faultOf(3).code], ["quarantined", "service_down"]);
  kit.clock.advance(115);
  const late = ui.port.faultOf(1);
  assert.deepEqual([late.code, late.message, late.maybe_ran, late.live], [
    ...["timeout", "'slow' was not ready within 100 ms", false, false],
  ]);
  assert.equal(kit.seat("slow").port.sent.length, 0);
  assert.equal(kit.broker.in_flight, 0);
});

Deno.test("Broker ends what an instance served with the given fault, and stops what it asked for", () => {
  const kit = new BrokerKit();
  const [ui, notes, store] = [
    kit.seat("ui", { services: ["notes"] }),
    kit.seat("notes", { services: ["store"] }),
    kit.seat("store"),
  ];
  ui.calls(1, "notes");
  notes.calls(1, "store", { parent: notes.asked().id });
  kit.broker.unseat(notes.seat.instance, GONE);
  assert.deepEqual([ui.port.faultOf(1).code, ui.port.faultOf(1).maybe_ran], ["moved", true]);
  assert.equal(store.port.last("cancel").id, store.asked().id);
  assert.equal(notes.port.faultOf(1).code, "cancelled");
  assert.deepEqual([notes.seat.in_flight, store.seat.in_flight, kit.broker.in_flight], [0, 0, 0]);
  kit.broker.unseat(notes.seat.instance, GONE);
  assert.equal(ui.port.outcomesOf(1), 1);
});

Deno.test("Broker ends everything that sat in a process which has ended", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes", { services: ["ui"] })];
  const second = kit.seat("second", { port: notes.port });
  ui.calls(1, "notes");
  notes.calls(5, "ui");
  kit.broker.forgetCell(notes.cell, fault("module_killed", "its process ended"));
  assert.deepEqual([ui.port.faultOf(1).code, ui.port.faultOf(1).maybe_ran], ["module_killed", true]);
  assert.equal(ui.port.last("cancel").id, ui.asked().id);
  assert.deepEqual([kit.broker.knows(notes.seat.instance), kit.broker.knows(second.seat.instance)], [false, false]);
  assert.deepEqual([ui.seat.in_flight, kit.broker.in_flight], [0, 0]);
});

Deno.test("Broker refuses a call whose callee does not read, and forgets it", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  notes.port.refuses = ({ t }) => t === "call";
  ui.calls(1, "notes");
  const told = ui.port.faultOf(1);
  assert.deepEqual([told.code, told.maybe_ran, told.live], ["rate_limited", false, true]);
  assert.deepEqual([notes.seat.in_flight, kit.broker.in_flight], [0, 0]);
});

Deno.test("Broker replaces an answer that its caller does not take by a small fault", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  ui.calls(1, "notes");
  ui.port.refuses = (message, size) => message.t === "reply" && size > 4_000;
  notes.replies(notes.asked().id, {}, new Uint8Array(5_000));
  assert.deepEqual([ui.port.faultOf(1).code, ui.port.faultOf(1).maybe_ran], ["rate_limited", true]);
  assert.equal(kit.broker.in_flight, 0);
});

Deno.test("Broker passes on the codes that are a module's own to give, and no others", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  const codes = ["conflict", "quota", "denied", "approval_required", "unknown_tool", "not_found", "no_aspect"] as const;
  const forbidden = ["not_granted", "service_down", "quarantined", "internal", "circuit_open"] as const;
  for (const [id, code] of [...codes, ...forbidden].entries()) {
    ui.calls(id, "notes");
    notes.replies(notes.asked().id, { ok: false, code });
    const passed = ui.port.last("reply");
    assert.deepEqual([passed.ok, passed.code], [false, id < codes.length ? code : "module_error"]);
  }
});

Deno.test("Broker keeps statistics of each api until nothing claims it", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  for (const [id, ok] of [[1, true], [2, false]] as const) {
    ui.calls(id, "notes");
    kit.clock.advance(20);
    notes.replies(notes.asked().id, { ok });
  }
  const { calls, faults, p50_ms } = kit.broker.statistics.of("notes");
  assert.deepEqual([calls, faults], [2, 1]);
  assert.ok(p50_ms! >= 20 && p50_ms! < 23);
  kit.broker.route("notes" as ApiName, undefined);
  assert.equal(kit.broker.statistics.of("notes").calls, 0);
});

Deno.test("Broker tells a callee which answers its callers have, whatever ranges they say, each once and in time", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  for (let id = 1; id <= 50; id++) {
    ui.calls(id, "notes");
    notes.replies(notes.asked().id);
  }
  kit.broker.onAck(ui.port, [[3, 3], [10, 11]]);
  assert.deepEqual(notes.port.all("ack"), []);
  kit.clock.advance(ACK_MS);
  assert.deepEqual(notes.port.all("ack"), [{ t: "ack", of: "ui~1", ids: [[3, 3], [10, 11]] }]);
  kit.broker.onAck(ui.port, [[0, 1_000]]);
  kit.clock.advance(ACK_MS);
  assert.deepEqual(notes.port.all("ack").slice(1), [{ t: "ack", of: "ui~1", ids: [[1, 2], [4, 9], [12, 50]] }]);
  const before = notes.port.sent.length;
  kit.broker.onAck(ui.port, [[0, 1_000]]);
  kit.clock.advance(ACK_MS);
  assert.equal(notes.port.sent.length, before);
});

Deno.test("Broker leaves no timer behind once disposed", () => {
  const kit = new BrokerKit();
  const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
  ui.calls(1, "notes");
  notes.replies(notes.asked().id);
  kit.broker.onAck(ui.port, [[1, 1]]);
  ui.calls(2, "notes");
  assert.equal(kit.clock.pending, 2);
  kit.broker.dispose();
  assert.equal(kit.clock.pending, 0);
});

Deno.test("Broker lets one caller fill its share of a service, held or served, and serves another beside it", () => {
  const kit = new BrokerKit();
  const [flood, calm] = [kit.seat("flood", { services: ["notes"] }), kit.seat("calm", { services: ["notes"] })];
  const notes = kit.seat("notes", { limits: { calls_in_flight: 8 }, routed: false });
  kit.hold("notes", { calls_in_flight: 8 });
  for (let id = 1; id <= 10; id++) flood.calls(id, "notes");
  assert.deepEqual([6, 7].map((id) => flood.port.outcomesOf(id)), [0, 1]);
  kit.broker.route(notes.seat.api, { to: "seat", seat: notes.seat });
  assert.equal(notes.seat.in_flight, 6);
  flood.calls(11, "notes");
  assert.equal(flood.port.faultOf(11).code, "rate_limited");
  calm.calls(1, "notes");
  assert.equal(notes.asked().caller.api, "calm");
  assert.deepEqual(kit.hits.at(-1), {
    api: "notes",
    limit: "calls_in_flight",
    found: 7,
    allowed: 6,
    about: { caller: "flood" },
  });
  notes.replies(1);
  flood.calls(12, "notes");
  assert.equal(flood.port.outcomesOf(12), 0);
});
