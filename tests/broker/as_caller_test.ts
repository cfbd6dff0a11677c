/** kernel.asCaller(): a module acts in the name of the caller whom it serves, never with more than both of them may. */
import assert from "node:assert/strict";
import { BrokerKit } from "./scripted_broker.ts";

const AS = { as_caller: true } as const;

Deno.test("a call in the caller's name goes where both the module and its caller may go", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes", "shared", "of_ui"] });
  const notes = kit.seat("notes", { services: ["shared", "of_notes"] });
  const [shared, of_ui, of_notes] = [kit.seat("shared"), kit.seat("of_ui"), kit.seat("of_notes")];
  ui.calls(1, "notes");
  const parent = notes.asked().id;
  notes.calls(1, "shared", { parent, lends: AS });
  notes.calls(2, "of_ui", { parent, lends: AS });
  notes.calls(3, "of_notes", { parent, lends: AS });
  notes.calls(4, "of_notes", { parent });
  assert.deepEqual(shared.asked().caller, { api: "notes", principal: "ui" });
  assert.equal(of_ui.port.sent.length, 0);
  assert.deepEqual([notes.port.faultOf(2).code, notes.port.faultOf(2).message], [
    ...["not_granted", "'notes' may not call 'of_ui'"],
  ]);
  const told = notes.port.faultOf(3);
  assert.deepEqual([told.code, told.message, told.hint, told.live], [
    "not_granted",
    "'notes' may not call 'of_notes' for the caller that it serves",
    "whoever asked 'notes' for this needs a grant for 'of_notes' too",
    false,
  ]);
  assert.equal(of_notes.port.all("call").length, 1, "in its own name it may");
});

Deno.test("a caller's grant is asked for aspect and method as its own calls are", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes", { api: "store", methods: ["read"], aspects: ["default"] }] });
  const notes = kit.seat("notes", { services: ["store"] });
  const store = kit.seat("store");
  ui.calls(1, "notes");
  const parent = notes.asked().id;
  notes.calls(1, "store", { parent, lends: AS, name: "read" });
  notes.calls(2, "store", { parent, lends: AS, name: "write" });
  notes.calls(3, "store", { parent, lends: AS, name: "read", aspect: "tool" });
  assert.deepEqual([store.port.all("call").length, notes.port.faultOf(2).code, notes.port.faultOf(3).code], [
    ...[1, "not_granted", "not_granted"],
  ]);
});

Deno.test("acting for a caller who acts for another is bound by all of them", () => {
  const kit = new BrokerKit();
  const a = kit.seat("a", { services: ["b", "c", "open", "of_bc"] });
  const b = kit.seat("b", { services: ["c", "open", "of_bc", "of_ac"] });
  const c = kit.seat("c", { services: ["open", "of_bc", "of_ac"] });
  const [open, of_bc, of_ac] = [kit.seat("open"), kit.seat("of_bc"), kit.seat("of_ac")];
  void of_bc;
  a.calls(1, "b");
  b.calls(1, "c", { parent: b.asked().id, lends: AS });
  const parent = c.asked().id;
  c.calls(1, "open", { parent, lends: AS });
  c.calls(2, "of_ac", { parent, lends: AS });
  assert.equal(open.port.all("call").length, 1);
  assert.deepEqual([c.port.faultOf(2).code, of_ac.port.sent.length], ["not_granted", 0], "a has no grant for it");
});

Deno.test("a call made in one's own name bounds nothing further down", () => {
  const kit = new BrokerKit();
  const a = kit.seat("a", { services: ["b"] });
  const b = kit.seat("b", { services: ["c", "store"] });
  const c = kit.seat("c", { services: ["store"] });
  const store = kit.seat("store");
  a.calls(1, "b");
  b.calls(1, "c", { parent: b.asked().id });
  c.calls(1, "store", { parent: c.asked().id, lends: AS });
  assert.equal(store.port.all("call").length, 1, "b asked for it in its own name, and may");
});

Deno.test("the operator's own calls bound nothing: what he asks for may be done for him", async () => {
  const kit = new BrokerKit();
  const notes = kit.seat("notes", { services: ["store"] });
  const store = kit.seat("store");
  const { outcome } = kit.broker.callAsOperator({ api: "notes", aspect: "default", name: "do", payload: "[]" });
  const { id } = notes.asked();
  notes.calls(1, "store", { parent: id, lends: AS });
  assert.deepEqual(store.asked().caller, { api: "notes", principal: "@operator" });
  notes.calls(2, "elsewhere", { parent: id, lends: AS });
  assert.equal(notes.port.faultOf(2).code, "not_granted", "but only within what the module itself may");
  notes.replies(id);
  assert.ok((await outcome).ok);
});

Deno.test("nobody acts for a caller without serving one, after it, or for another's", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes", "store"] });
  const notes = kit.seat("notes", { services: ["store"] });
  const evil = kit.seat("evil", { services: ["store"] });
  const store = kit.seat("store");
  ui.calls(1, "notes");
  const parent = notes.asked().id;
  notes.calls(1, "store", { lends: AS });
  assert.equal(notes.port.faultOf(1).message, "'notes' can't act for a caller: it serves no call");
  evil.calls(1, "store", { parent, lends: AS });
  assert.equal(evil.port.faultOf(1).code, "not_granted");
  notes.replies(parent);
  notes.calls(2, "store", { parent, lends: AS });
  const told = notes.port.faultOf(2);
  assert.deepEqual([told.code, told.message, told.hint], [
    "not_granted",
    "'notes' can't act for a caller: the call that it served is over",
    "use kernel.getApi() there",
  ]);
  assert.equal(store.port.sent.length, 0);
});

Deno.test("a private name is refused before anybody's grants are asked", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["notes"] });
  const notes = kit.seat("notes");
  ui.calls(1, "notes");
  notes.calls(1, "store", { parent: notes.asked().id, lends: AS, name: "_x" });
  assert.equal(notes.port.faultOf(1).code, "private_name");
});
