/** A cell that lies about a call it tells again: it gets nobody's methods that way which it may not call. */
import assert from "node:assert/strict";
import { BrokerKit } from "./scripted_broker.ts";

const AGAIN = { again: true } as const;

Deno.test("a call that is told again under another name is not the one that was let through", () => {
  const kit = new BrokerKit();
  const notes = kit.seat("notes");
  kit.seat("other");
  const evil = kit.seat("evil", { services: [{ api: "notes", methods: ["read"] }, "other"] });
  evil.calls(1, "notes", { name: "read", more: true });
  assert.equal(notes.asked().name, "read");
  evil.calls(1, "other", { ...AGAIN, name: "erase" });
  evil.calls(1, "notes", { ...AGAIN, name: "erase" });
  evil.calls(1, "other", { ...AGAIN, name: "read" });
  evil.calls(1, "notes", { ...AGAIN, name: "read", kind: "get" });
  evil.calls(1, "notes", { ...AGAIN, name: "read", aspect: "tool" });
  assert.deepEqual(notes.port.all("call").map(({ name, kind, aspect }) => [name, kind, aspect]), [
    ["read", "call", "default"],
  ]);
  assert.equal(notes.port.all("cancel").length, 0, "the first call stands");
});

Deno.test("who was lent a function gets no other method of its lender by telling that call again", () => {
  const kit = new BrokerKit();
  const evil = kit.seat("evil", { services: ["other"] });
  const ui = kit.seat("ui", { services: ["evil"] });
  kit.seat("other");
  ui.calls(1, "evil", { lends: { functions: 1 } });
  const parent = evil.asked().id;
  evil.calls(7, "", { kind: "lent", name: "0", aspect: "", parent, more: true });
  assert.equal(ui.asked().kind, "lent");
  evil.calls(7, "other", { ...AGAIN, name: "secrets" });
  evil.calls(7, "", { ...AGAIN, name: "secrets", kind: "call" });
  assert.deepEqual(ui.port.all("call").map(({ kind }) => kind), ["lent"]);
});

Deno.test("of two instances in one cell one tells no call of the other's again", () => {
  const kit = new BrokerKit();
  const notes = kit.seat("notes");
  const rich = kit.seat("rich", { services: ["notes"] });
  const poor = kit.seat("poor", { port: rich.port, services: ["notes"] });
  rich.calls(1, "notes", { more: true });
  poor.calls(1, "notes", AGAIN);
  assert.deepEqual(notes.port.all("call").map(({ caller }) => caller.api), ["rich"]);
});
