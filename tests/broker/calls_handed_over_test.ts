import assert from "node:assert/strict";
import { KERNEL_API } from "../../kernel/contract/names.ts";
import { BrokerKit } from "./scripted_broker.ts";

Deno.test("calls that are not over in time end with 'moved' at both ends, and may have run when a module had them", () => {
  const kit = new BrokerKit();
  const a = kit.seat("a", { services: ["b"] });
  const b = kit.seat("b");
  a.calls(1, "b");
  kit.broker.handed_over.retire();
  kit.broker.handed_over.endAll("too late");
  const { code, message, maybe_ran } = a.port.faultOf(1);
  assert.deepEqual([code, message, maybe_ran], ["moved", "too late", true]);
  assert.deepEqual(b.port.all("cancel").map(({ id }) => id), [b.asked().id]);
  assert.equal(kit.broker.handed_over.busy, false);
  b.replies(b.asked().id);
  assert.equal(a.port.outcomesOf(1), 1, "one outcome each");
});

Deno.test("a call to the kernel itself counts as not over until it is answered", async () => {
  const answered = Promise.withResolvers<{ ok: true; payload: string }>();
  const kit = new BrokerKit({ services: () => answered.promise });
  const a = kit.seat("a");
  a.calls(1, KERNEL_API, { name: "secret" });
  assert.equal(kit.broker.handed_over.busy, true);
  answered.resolve({ ok: true, payload: "1" });
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  assert.deepEqual([kit.broker.handed_over.busy, a.port.outcomesOf(1)], [false, 1]);
});

Deno.test("the next kernel's figures and circuits go on from what it is told as plain data", () => {
  const former = new BrokerKit();
  const a = former.seat("a", { services: ["b"] });
  const b = former.seat("b");
  a.calls(1, "b");
  former.clock.advance(20);
  b.replies(b.asked().id);
  const next = new BrokerKit();
  next.broker.handed_over.take(JSON.parse(JSON.stringify(former.broker.handed_over.told())));
  assert.deepEqual(next.broker.handed_over.told(), former.broker.handed_over.told());
  assert.equal(next.broker.handed_over.told().statistics[0]!.calls, 1);
});
