/** Tools asked for at the command line in a principal's name. */
import assert from "node:assert/strict";
import { MOST_ASKED_BY_ONE } from "../../kernel/broker/approvals.ts";
import { BrokerKit } from "./scripted_broker.ts";

function kitWithShop(approve: "ask" | "never" = "never") {
  const kit = new BrokerKit();
  kit.principals.set("editor", [{ api: "shop" }]).set("console", [{ api: "store" }]);
  const [shop, store] = [kit.seat("shop"), kit.seat("store", { services: ["shop"], kernel: ["tools"] })];
  kit.offers("shop", "buy", { approve });
  kit.offers("store", "look");
  const asks = (tool: string, principal = "editor") => kit.broker.callAsPrincipal({ principal, tool, payload: "[{}]" });
  return { kit, shop, store, asks };
}
const codeOf = async ({ outcome }: ReturnType<BrokerKit["broker"]["callAsPrincipal"]>) => {
  const found = await outcome;
  return found.ok ? "ok" : found.fault.code;
};

Deno.test("callAsPrincipal makes the call in the principal's name, to the tool aspect of whose tool it is", async () => {
  const { shop, asks } = kitWithShop();
  const { outcome } = asks("shop_buy");
  const { aspect, name, caller } = shop.asked();
  assert.deepEqual({ aspect, name, caller }, {
    ...{ aspect: "tool", name: "buy" },
    caller: { api: "@editor", principal: "editor" },
  });
  shop.replies(shop.asked().id, {}, '"tea"');
  assert.deepEqual(await outcome, { ok: true, payload: '"tea"' });
});

Deno.test("callAsPrincipal refuses what the principal may not, a tool that is not there, and a principal that is nobody", async () => {
  const { shop, store, asks } = kitWithShop();
  assert.equal(await codeOf(asks("store_look")), "denied", "the operator may, the principal may not");
  assert.equal(await codeOf(asks("shop_sell")), "unknown_tool");
  assert.equal(await codeOf(asks("shop_buy", "nobody")), "denied");
  assert.deepEqual([shop.port.sent, store.port.sent], [[], []]);
});

Deno.test("callAsPrincipal waits for the operator's yes where a module asks, and is given up with its client", async () => {
  const { kit, shop, asks } = kitWithShop("ask");
  const first = asks("shop_buy");
  const [asked] = kit.broker.approvals.all();
  assert.equal(asked!.entry.caller.principal, "editor");
  assert.equal(shop.port.sent.length, 0);
  kit.broker.approvals.answer(asked!.id, "approved");
  shop.replies(shop.asked().id);
  assert.equal(await codeOf(first), "ok");
  const second = asks("shop_buy");
  second.cancel();
  assert.equal(await codeOf(second), "cancelled");
  assert.deepEqual(kit.broker.approvals.all(), []);
  const third = asks("shop_buy");
  kit.broker.approvals.answer(kit.broker.approvals.all()[0]!.id, "denied");
  assert.equal(await codeOf(third), "denied");
});

Deno.test("callAsPrincipal asks for one principal so many times at once, and no more", async () => {
  const { kit, asks } = kitWithShop("ask");
  for (let i = 0; i < MOST_ASKED_BY_ONE; i++) void asks("shop_buy");
  assert.equal(kit.broker.approvals.all().length, MOST_ASKED_BY_ONE);
  assert.equal(await codeOf(asks("shop_buy")), "rate_limited");
});

Deno.test("what serves such a call speaks for its principal and for nobody else", () => {
  const { kit, shop, store } = kitWithShop();
  kit.principals.set("editor", [{ api: "store" }]);
  void kit.broker.callAsPrincipal({ principal: "editor", tool: "store_look", payload: "[{}]" });
  const parent = store.asked().id;
  const lends = { as_caller: true } as const;
  store.calls(1, "shop", { parent, lends });
  store.calls(2, "@tools", { aspect: "tool", name: "shop_buy", parent, lends });
  assert.deepEqual([store.port.faultOf(1).code, store.port.faultOf(2).code], ["not_granted", "denied"]);
  assert.equal(shop.port.sent.length, 0);
});
