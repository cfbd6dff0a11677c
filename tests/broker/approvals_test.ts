/** Calls that wait for the operator's yes. */
import assert from "node:assert/strict";
import { MOST_ASKED, MOST_ASKED_BY_ONE } from "../../kernel/broker/approvals.ts";
import { BrokerKit, bytes, type Module } from "./scripted_broker.ts";

function kitWithShop(more: Parameters<BrokerKit["offers"]>[2] = { approve: "ask" }) {
  const kit = new BrokerKit();
  const shop = kit.seat("shop");
  kit.offers("shop", "buy", more);
  return { kit, shop, agent: kit.seat("agent", { services: ["shop"] }) };
}
const buys = (agent: Module, id: number, params = '[{"item":"tea"}]', more = {}) =>
  agent.calls(id, "@tools", { aspect: "tool", name: "shop_buy", ...more }, params);

Deno.test("a call waits until the operator says yes, then goes with all that came of it", () => {
  const { kit, shop, agent } = kitWithShop();
  buys(agent, 1, '[{"item":', { more: true });
  agent.piece("call", 1, false, bytes('"tea"}]'));
  assert.equal(shop.port.sent.length, 0);
  const [asked] = kit.broker.approvals.all();
  assert.deepEqual([asked!.tool.name, asked!.entry.caller.principal], ["shop_buy", "agent"]);
  kit.clock.advance(60_000);
  assert.equal(kit.broker.approvals.answer(asked!.id, "approved"), asked);
  assert.equal(shop.asked().name, "buy");
  assert.equal(shop.port.sent.filter(({ message }) => message.t === "piece").length, 1);
  shop.replies(shop.asked().id);
  assert.equal(agent.port.last("reply").ok, true);
  assert.deepEqual(kit.broker.approvals.all(), []);
});

Deno.test("the operator reads what he is asked, and every question and answer is an event", () => {
  const { kit, agent } = kitWithShop();
  buys(agent, 1);
  const [asked] = kit.broker.approvals.all();
  assert.equal(kit.broker.approvals.params(asked!, 100), '[{"item":"tea"}]');
  assert.equal(kit.broker.approvals.params(asked!, 6), '[{"it…');
  kit.broker.approvals.answer(asked!.id, "denied");
  const { id } = asked!;
  assert.deepEqual(kit.events.map(({ kind, api, detail }) => ({ kind, api, detail })), [
    {
      ...{ kind: "approval.asked", api: "shop" },
      detail: { id, tool: "shop_buy", principal: "agent", caller: "agent", params: '[{"item":"tea"}]' },
    },
    {
      ...{ kind: "approval.given", api: "shop" },
      detail: { id, tool: "shop_buy", principal: "agent", given: "denied" },
    },
  ]);
  assert.deepEqual([agent.port.faultOf(1).code, agent.port.faultOf(1).maybe_ran], ["denied", false]);
});

Deno.test("a yes reaches the call that was asked about, once", () => {
  const { kit, shop, agent } = kitWithShop();
  buys(agent, 1);
  buys(agent, 2, '[{"item":"gold"}]');
  const [tea, gold] = kit.broker.approvals.all();
  assert.notEqual(tea!.id, gold!.id);
  kit.broker.approvals.answer(tea!.id, "approved");
  assert.equal(kit.broker.approvals.answer(tea!.id, "approved"), undefined);
  assert.equal(shop.port.all("call").length, 1);
  assert.deepEqual(kit.broker.approvals.all(), [gold]);
});

Deno.test("who gives up, or is gone, asks no more", () => {
  const { kit, shop, agent } = kitWithShop();
  buys(agent, 1);
  buys(agent, 2);
  kit.broker.onCancel(agent.port, 1);
  assert.equal(kit.broker.approvals.all().length, 1);
  kit.broker.unseat(agent.seat.instance, {
    code: "cancelled",
    message: "",
    hint: "",
    retriable: true,
    maybe_ran: false,
  });
  assert.deepEqual(kit.broker.approvals.all(), []);
  assert.equal(shop.port.sent.length, 0);
});

Deno.test("a question that nobody answers ends with its caller's time, or after ten minutes", () => {
  for (const [timeout, ms] of [[5_000, 5_000], [undefined, 600_000]] as const) {
    const { kit, agent } = kitWithShop();
    buys(agent, 1, "[{}]", timeout === undefined ? {} : { timeout });
    kit.clock.advance(ms - 1);
    assert.equal(agent.port.all("reply").length, 0);
    kit.clock.advance(1_001);
    assert.equal(agent.port.faultOf(1).code, "approval_required");
    assert.deepEqual(kit.broker.approvals.all(), []);
  }
});

Deno.test("from the yes on a call has the service's time, as any other", () => {
  const { kit, shop, agent } = kitWithShop();
  buys(agent, 1);
  kit.clock.advance(300_000);
  kit.broker.approvals.answer(kit.broker.approvals.all()[0]!.id, "approved");
  assert.equal(shop.asked().ms, 30_000);
  kit.clock.advance(29_000);
  assert.equal(agent.port.all("reply").length, 0);
  kit.clock.advance(2_000);
  assert.equal(agent.port.faultOf(1).code, "timeout");
});

Deno.test("a module's own word that a tool only reads is believed of what came with the program", () => {
  for (
    const [more, asks] of [
      [{ approve: "ask", readOnly: true }, true],
      [{ approve: "ask", readOnly: true, origin: "added" }, true],
      [{ approve: "ask", readOnly: true, origin: "shipped" }, false],
      [{ approve: "ask", readOnly: false, origin: "shipped" }, true],
      [{ approve: "never", readOnly: false }, false],
    ] as const
  ) {
    const { kit, agent } = kitWithShop(more);
    buys(agent, 1);
    assert.equal(kit.broker.approvals.all().length === 1, asks, JSON.stringify(more));
  }
});

Deno.test("one principal may ask for so many at once, all together for so many", () => {
  const kit = new BrokerKit();
  kit.seat("shop");
  kit.offers("shop", "buy", { approve: "ask" });
  const agents = Array.from({ length: 5 }, (_, i) => kit.seat(`agent${i}`, { services: ["shop"] }));
  for (const agent of agents) for (let id = 1; id <= MOST_ASKED_BY_ONE + 1; id++) buys(agent, id);
  const [first, ...others] = agents;
  assert.equal(first!.port.faultOf(MOST_ASKED_BY_ONE + 1).code, "rate_limited");
  assert.match(first!.port.faultOf(MOST_ASKED_BY_ONE + 1).message, /16 calls of 'agent0' wait/);
  assert.equal(kit.broker.approvals.all().length, MOST_ASKED);
  assert.match(others.at(-1)!.port.faultOf(1).message, /64 calls wait for the operator's yes already/);
});

Deno.test("a module that is away when the yes comes is waited for, one that is gone is told", () => {
  const { kit, shop, agent } = kitWithShop();
  buys(agent, 1);
  buys(agent, 2);
  const [one, two] = kit.broker.approvals.all();
  kit.hold("shop");
  kit.broker.approvals.answer(one!.id, "approved");
  assert.equal(agent.port.all("reply").length, 0);
  kit.broker.route(shop.seat.api, { to: "seat", seat: shop.seat });
  assert.equal(shop.port.all("call").length, 1, "and the other one still waits for its own yes");
  kit.down("shop");
  kit.broker.approvals.answer(two!.id, "approved");
  assert.equal(agent.port.faultOf(2).code, "service_down");
});

Deno.test("what was delivered before a kernel's crash is not asked about again", () => {
  const { kit, shop, agent } = kitWithShop();
  const key = `${agent.cell}#1`;
  kit.broker.onCall(agent.port, {
    ...{ t: "call", id: 1, from: agent.seat.instance, api: "@tools", aspect: "tool", name: "shop_buy", kind: "call" },
    again: true,
  }, "[{}]");
  assert.equal(kit.broker.approvals.all().length, 1, "never delivered: asked as if for the first time");
  kit.broker.reported(shop.cell, [key as never]);
  agent.calls(2, "@tools", { aspect: "tool", name: "shop_buy" }, "[{}]");
  kit.broker.approvals.answer(kit.broker.approvals.all()[1]!.id, "approved");
  assert.equal(shop.port.all("call").length, 1);
});

Deno.test("an unknown tool is told with the nearest that the asker may call", () => {
  const { kit, agent } = kitWithShop();
  kit.offers("vault", "buy");
  agent.calls(1, "@tools", { aspect: "tool", name: "shop_bye" }, "[{}]");
  const { code, message } = agent.port.faultOf(1);
  assert.deepEqual([code, message], ["unknown_tool", "there is no tool 'shop_bye'; nearest: shop_buy"]);
});
