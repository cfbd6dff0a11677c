/** Whose authority a model's call has: played by modules that say whatever they like. */
import assert from "node:assert/strict";
import type { ServiceGrant } from "../../kernel/contract/spec.ts";
import { BrokerKit, type Module } from "./scripted_broker.ts";

const AS = { as_caller: true } as const;
const tool = (name: string, more = {}) => ({ api: "@tools", aspect: "tool", name, ...more });
const only = (api: string, ...methods: string[]): ServiceGrant => ({ api, aspects: ["tool"], methods });

function asks(module: Module, id: number, name: string, more = {}): void {
  const { api, ...rest } = tool(name, more);
  module.calls(id, api, rest, "[{}]");
}

/** ui → inference, which asks for tools in the name of whom it serves. */
function conversation(kit: BrokerKit, ui_services: readonly (string | ServiceGrant)[]) {
  const ui = kit.seat("ui", { services: ["inference", ...ui_services] });
  const inference = kit.seat("inference", { services: ["secrets"], kernel: ["tools"] });
  ui.calls(1, "inference");
  return { ui, inference, parent: inference.asked().id };
}

Deno.test("a module's own call of a tool goes by its own grants, under its own name", () => {
  const kit = new BrokerKit();
  const notes = kit.seat("notes", { services: [only("files/deep", "read")] });
  const files = kit.seat("files/deep");
  kit.offers("files/deep", "read");
  kit.offers("files/deep", "erase");
  asks(notes, 1, "files_deep_read");
  asks(notes, 2, "files_deep_erase");
  const { aspect, name, kind, caller } = files.asked();
  assert.deepEqual({ aspect, name, kind, caller }, {
    ...{ aspect: "tool", name: "read", kind: "call" },
    caller: { api: "notes", principal: "notes" },
  });
  assert.deepEqual([notes.port.faultOf(2).code, notes.port.faultOf(2).message], [
    ...["denied", "'notes' may not call the tool 'files_deep_erase'"],
  ]);
  assert.equal(files.port.all("call").length, 1);
});

Deno.test("a conversation has its principal's authority, and nothing of the module that leads it", () => {
  const kit = new BrokerKit();
  const { inference, parent } = conversation(kit, [only("notes", "add")]);
  const [notes, secrets] = [kit.seat("notes"), kit.seat("secrets")];
  kit.offers("notes", "add");
  kit.offers("secrets", "read");
  asks(inference, 1, "notes_add", { parent, lends: AS });
  asks(inference, 2, "secrets_read", { parent, lends: AS });
  asks(inference, 3, "secrets_read", { parent });
  assert.deepEqual(notes.asked().caller, { api: "ui", principal: "ui" });
  assert.equal(inference.port.faultOf(2).code, "denied", "inference may, ui may not: its grants do not leak");
  assert.deepEqual(secrets.asked().caller, { api: "inference", principal: "inference" }, "in its own name it may");
});

Deno.test("a module without the grant speaks for others only as far as it may itself", () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["helper", "notes", "store"] });
  const helper = kit.seat("helper", { services: ["store"] });
  const store = kit.seat("store");
  kit.offers("notes", "add");
  kit.offers("store", "add");
  ui.calls(1, "helper");
  const parent = helper.asked().id;
  asks(helper, 1, "store_add", { parent, lends: AS });
  asks(helper, 2, "notes_add", { parent, lends: AS });
  assert.deepEqual(store.asked().caller, { api: "ui", principal: "ui" });
  assert.equal(helper.port.faultOf(2).code, "denied");
});

Deno.test("the first module that may not speak for others is the authority, whoever is behind it", () => {
  const kit = new BrokerKit();
  kit.principals.set("console", [{ api: "store" }, { api: "notes" }]);
  const agent = kit.seat("agent", { services: ["inference", only("notes", "add")] });
  const persona = kit.seat("persona", { services: ["inference"], kernel: ["tools"] });
  const inference = kit.seat("inference", { kernel: ["tools"] });
  const [store, notes] = [kit.seat("store"), kit.seat("notes")];
  kit.offers("store", "add");
  kit.offers("notes", "add");
  for (const api of ["agent", "persona"]) {
    void kit.broker.callAsOperator({ api, aspect: "default", name: "chat", payload: "[]" });
  }
  agent.calls(1, "inference", { parent: agent.asked().id });
  const by_agent = inference.asked().id;
  asks(inference, 1, "store_add", { parent: by_agent, lends: AS });
  asks(inference, 2, "notes_add", { parent: by_agent, lends: AS });
  assert.equal(inference.port.faultOf(1).code, "denied", "the operator asked agent, and lent it nothing");
  assert.deepEqual(notes.asked().caller, { api: "agent", principal: "agent" });
  persona.calls(2, "inference", { parent: persona.asked().id });
  asks(inference, 3, "store_add", { parent: inference.asked().id, lends: AS });
  assert.deepEqual(store.asked().caller, { api: "@console", principal: "console" });
});

Deno.test("the operator's own authority is never a conversation's: it has the console's", () => {
  const kit = new BrokerKit();
  const inference = kit.seat("inference", { kernel: ["tools"] });
  const store = kit.seat("store");
  kit.offers("store", "add");
  void kit.broker.callAsOperator({ api: "inference", aspect: "default", name: "chat", payload: "[]" });
  const parent = inference.asked().id;
  asks(inference, 1, "store_add", { parent, lends: AS });
  assert.deepEqual([inference.port.faultOf(1).code, inference.port.faultOf(1).message], [
    ...["denied", "the principal 'console' is not in configs/principals.yml"],
  ]);
  kit.principals.set("console", []);
  asks(inference, 2, "store_add", { parent, lends: AS });
  assert.equal(inference.port.faultOf(2).code, "denied");
  assert.equal(store.port.sent.length, 0);
});

Deno.test("nobody calls tools for a caller whom he does not serve", () => {
  const kit = new BrokerKit();
  const { ui, parent } = conversation(kit, ["notes"]);
  const liar = kit.seat("liar", { kernel: ["tools"] });
  kit.offers("notes", "add");
  for (const [id, served] of [[1, parent], [2, 77], [3, undefined]] as const) {
    asks(liar, id, "notes_add", { ...(served !== undefined && { parent: served }), lends: AS });
    assert.equal(liar.port.faultOf(id).code, "not_granted");
  }
  assert.equal(ui.port.all("reply").length, 0);
});

Deno.test("a token acts as its principal at handles and tools, for modules that were granted that, until it is revoked", () => {
  const kit = new BrokerKit();
  kit.principals.set("kitchen", ["shop", "notes"].map((api) => ({ api })));
  kit.tokens.set("t1", "kitchen").set("t2", "gone");
  const web = kit.seat("web", { services: ["web_own"], kernel: ["bearer"] });
  const plain = kit.seat("plain", { services: ["shop"] });
  const [shop, notes, web_own] = [kit.seat("shop"), kit.seat("notes"), kit.seat("web_own")];
  kit.offers("notes", "add");
  web.calls(1, "shop", { lends: { bearer: "t1" } });
  asks(web, 2, "notes_add", { lends: { bearer: "t1" } });
  web.calls(3, "web_own", { lends: { bearer: "t1" } });
  for (const port of [shop, notes]) assert.deepEqual(port.asked().caller, { api: "@kitchen", principal: "kitchen" });
  assert.equal(web.port.faultOf(3).code, "not_granted", "what web may, a token's owner may not");
  assert.equal(web_own.port.sent.length, 0);
  web.calls(4, "shop", { lends: { bearer: "t2" } });
  web.calls(5, "shop", { lends: { bearer: "t3" } });
  plain.calls(6, "shop", { lends: { bearer: "t1" } });
  kit.tokens.delete("t1");
  web.calls(7, "shop", { lends: { bearer: "t1" } });
  assert.deepEqual([4, 5, 7].map((id) => web.port.faultOf(id).code), ["denied", "denied", "denied"]);
  assert.equal(plain.port.faultOf(6).code, "not_granted");
  assert.equal(shop.port.all("call").length, 1);
});

Deno.test("what is served for a token's principal lends its callee no more than that principal has", () => {
  const kit = new BrokerKit();
  kit.principals.set("kitchen", [{ api: "shop" }]).set("console", [{ api: "store" }]);
  kit.tokens.set("t1", "kitchen");
  const web = kit.seat("web", { services: ["store"], kernel: ["bearer", "tools"] });
  const shop = kit.seat("shop", { services: ["store"], kernel: ["tools"] });
  const store = kit.seat("store");
  kit.offers("store", "add");
  web.calls(1, "shop", { lends: { bearer: "t1" } });
  const parent = shop.asked().id;
  shop.calls(1, "store", { parent, lends: AS });
  asks(shop, 2, "store_add", { parent, lends: AS });
  assert.deepEqual([1, 2].map((id) => shop.port.faultOf(id).code), ["not_granted", "denied"]);
  assert.equal(store.port.sent.length, 0, "web may call it, its client may not");
});
