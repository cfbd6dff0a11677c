/** Calls that wait for a route when another kernel takes the lead. */
import assert from "node:assert/strict";
import { BrokerKit } from "./scripted_broker.ts";

Deno.test("a retired kernel hands waiting root calls back to their shells, once, and answers nothing to them", () => {
  const kit = new BrokerKit();
  const a = kit.seat("a", { services: ["b"] });
  kit.hold("b");
  a.calls(1, "b");
  a.calls(2, "b");
  assert.ok(kit.broker.handed_over.busy);
  kit.broker.handed_over.retire();
  assert.deepEqual(a.port.all("hand_back").map(({ id }) => id), [1, 2]);
  assert.equal(kit.broker.handed_over.busy, false);
  kit.broker.handed_over.retire();
  kit.seat("b");
  assert.equal(a.port.all("hand_back").length, 2);
  assert.deepEqual([a.port.outcomesOf(1), a.port.outcomesOf(2)], [0, 0]);
});

Deno.test("a retired kernel hands back what would wait from now on, and finishes what has a seat", () => {
  const kit = new BrokerKit();
  const a = kit.seat("a", { services: ["b", "c"] });
  const b = kit.seat("b");
  a.calls(1, "b");
  kit.hold("c");
  kit.broker.handed_over.retire();
  a.calls(2, "c");
  assert.deepEqual(a.port.all("hand_back").map(({ id }) => id), [2]);
  assert.ok(kit.broker.handed_over.busy);
  b.replies(b.asked().id);
  assert.deepEqual([a.port.outcomesOf(1), kit.broker.handed_over.busy], [1, false]);
});

Deno.test("a call within a call that waits ends with 'moved', and did not run: its tree is known to the retired kernel alone", () => {
  const kit = new BrokerKit();
  const a = kit.seat("a", { services: ["b"] });
  const b = kit.seat("b", { services: ["c"] });
  kit.hold("c");
  a.calls(1, "b");
  b.calls(7, "c", { parent: b.asked().id });
  kit.broker.handed_over.retire();
  assert.deepEqual(b.port.all("hand_back"), []);
  const { code, maybe_ran } = b.port.faultOf(7);
  assert.deepEqual([code, maybe_ran], ["moved", false]);
});

Deno.test("the operator's call that waits ends with 'moved', and did not run: there is no shell that would say it again", async () => {
  const kit = new BrokerKit();
  kit.hold("b");
  const request = { api: "b", aspect: "default", name: "do", payload: "[]" };
  const { outcome } = kit.broker.callAsOperator(request);
  kit.broker.handed_over.retire();
  const answer = await outcome;
  assert.ok(!answer.ok);
  assert.deepEqual([answer.fault.code, answer.fault.maybe_ran], ["moved", false]);
});
