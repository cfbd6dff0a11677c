/** Nested calls: depth, deadline and principal come from the call being served; A→B→A stays where it began. */
import assert from "node:assert/strict";
import { fault } from "../../kernel/contract/fault.ts";
import { BrokerKit } from "./scripted_broker.ts";

Deno.test("a nested call is one deeper, has no more time than its parent, and keeps the principal and the trace", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  const notes = kit.seat("notes", { services: ["store"] });
  const store = kit.seat("store");
  ui.calls(1, "notes", { timeout: 1_000 });
  kit.clock.advance(400);
  const outer = notes.asked();
  notes.calls(1, "store", {
    parent: outer.id,
    timeout: 5_000,
    trace: "00-" + "f".repeat(32) + "-" + "0".repeat(16) + "-01",
  });
  const inner = store.asked();
  assert.deepEqual([inner.depth, inner.ms, inner.caller], [2, 600, { api: "notes", principal: "ui" }]);
  assert.equal(inner.trace.slice(0, 35), outer.trace.slice(0, 35));
  assert.notEqual(inner.trace, outer.trace);
});

Deno.test("a parent that is not the caller's own counts for nothing", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  const notes = kit.seat("notes");
  const evil = kit.seat("evil", { services: ["notes"], limits: { call_timeout_ms: 9_000 } });
  ui.calls(1, "notes");
  for (const parent of [notes.asked().id, 12_345]) {
    evil.calls(parent, "notes", { parent });
    assert.deepEqual([notes.asked().depth, notes.asked().caller], [1, { api: "evil", principal: "evil" }]);
  }
});

Deno.test("a trace that is not well-formed is replaced, a well-formed one goes on", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  const notes = kit.seat("notes");
  ui.calls(1, "notes", { trace: "made up" });
  assert.match(notes.asked().trace, /^00-0123456789abcdef[0-9a-f]{16}-[0-9a-f]{16}-01$/);
  ui.calls(2, "notes", { trace: `00-${"a".repeat(32)}-${"b".repeat(16)}-00` });
  assert.match(notes.asked().trace, /^00-a{32}-[0-9a-f]{16}-01$/);
});

Deno.test("a circle of calls goes call_depth deep, and no deeper", () => {
  const kit = new BrokerKit();
  const limits = { call_depth: 4 };
  const [a, b] = [kit.seat("a", { services: ["b"], limits }), kit.seat("b", { services: ["a"], limits })];
  a.calls(1, "b");
  b.calls(1, "a", { parent: b.asked().id });
  a.calls(2, "b", { parent: a.asked().id });
  b.calls(2, "a", { parent: b.asked().id });
  assert.equal(a.asked().depth, 4);
  a.calls(3, "b", { parent: a.asked().id });
  const told = a.port.faultOf(3);
  assert.deepEqual([told.code, told.live], ["too_deep", true]);
  assert.match(told.message, /'a' called 'b' at depth 5; limits.call_depth allows 4/);
});

Deno.test("a circle that meets a held api is refused at the same depth", () => {
  const kit = new BrokerKit();
  const a = kit.seat("a", { services: ["b", "late"] });
  const b = kit.seat("b", { services: ["late"] });
  kit.hold("late", { call_depth: 1 });
  a.calls(1, "late");
  assert.equal(a.port.outcomesOf(1), 0);
  a.calls(2, "b");
  b.calls(1, "late", { parent: b.asked().id });
  assert.equal(b.port.faultOf(1).code, "too_deep");
});

Deno.test("A→B→A reaches the A that began, also while that is being replaced; root calls reach the new one", () => {
  const kit = new BrokerKit();
  const old = kit.seat("a", { services: ["b"] });
  const b = kit.seat("b", { services: ["a"] });
  old.calls(1, "b");
  const fresh = kit.seat("a", { services: ["b"] });
  b.calls(1, "a", { parent: b.asked().id });
  b.calls(2, "a");
  assert.deepEqual([old.port.all("call").length, fresh.port.all("call").length], [1, 1]);
  assert.equal(kit.broker.servedBy(old.seat.instance), 1);
  kit.hold("a");
  b.calls(3, "a", { parent: b.asked().id });
  assert.equal(old.port.all("call").length, 2, "it does not wait for itself");
});

Deno.test("A→B→C→B reaches the B that takes part in the tree", () => {
  const kit = new BrokerKit();
  const a = kit.seat("a", { services: ["b"] });
  const old = kit.seat("b", { services: ["c"] });
  const c = kit.seat("c", { services: ["b"] });
  a.calls(1, "b");
  old.calls(1, "c", { parent: old.asked().id });
  const fresh = kit.seat("b", { services: ["c"] });
  c.calls(1, "b", { parent: c.asked().id });
  assert.deepEqual([old.port.all("call").length, fresh.port.all("call").length], [2, 0]);
});

Deno.test("a nested call to an instance that has gone meanwhile reaches its successor", () => {
  const kit = new BrokerKit();
  const old = kit.seat("a", { services: ["b"] });
  const b = kit.seat("b", { services: ["a"] });
  const other = kit.seat("other", { services: ["b"] });
  old.calls(1, "b");
  const parent = b.asked().id;
  const fresh = kit.seat("a");
  kit.broker.unseat(old.seat.instance, fault("moved", "replaced"));
  b.calls(1, "a", { parent });
  other.calls(1, "b");
  assert.deepEqual([fresh.port.all("call").length, fresh.asked().depth], [1, 1]);
});
