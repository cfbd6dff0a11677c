/** A cell whose kernel dies, hangs or is not there yet: it attaches again, says unanswered calls again and runs no key twice. */
import assert from "node:assert/strict";
import type { CallKey } from "../../kernel/contract/names.ts";
import type { KernelMessage } from "../../kernel/contract/wire.ts";
import { args, CellUnderTest, I1, loadOrder, value } from "../guest/shell/scripted_kernel.ts";

const SLOW = `
class Module {
  #runs = 0;
  constructor(kernel) { this.kernel = kernel; }
  async slow(ms) { const run = ++this.#runs; await this.kernel.sleep(ms); return run; }
  async ask() { return await this.kernel.getApi("other").hello(); }
}
export { Module };
`;
const call = (id: number, key: string, name: string): KernelMessage => ({
  ...{ t: "call", id, key: key as CallKey, to: I1, aspect: "default", name, kind: "call" },
  ...{ caller: { api: "a", principal: "a" }, trace: "t", ms: 5_000, depth: 1 },
});

Deno.test("a cell attaches again after its link ended, reports what runs, and runs a key that is asked again only once", async () => {
  await using cell = new CellUnderTest();
  const first = await cell.kernel.attached();
  first.link.send({ t: "load", id: 1, instance: I1 }, loadOrder(SLOW));
  await first.link.next("loaded");
  first.link.send(call(1, "a~1!x#1", "slow"), args(300));
  first.link.send(call(2, "a~1!x#2", "slow"), args(0));
  assert.equal(value((await first.link.next("reply")).payload), 2);
  first.link.close();

  const second = await cell.kernel.attached();
  assert.equal(second.incarnation, first.incarnation);
  const [instance] = second.report.instances as { instance: string; api: string; hash: string; phase: string }[];
  assert.deepEqual([instance!.instance, instance!.api, instance!.hash, instance!.phase], [I1, "tested", "h1", "ready"]);
  assert.deepEqual(second.report.holds.toSorted(), ["a~1!x#1", "a~1!x#2"]);
  second.link.send(call(11, "a~1!x#1", "slow"), args(300));
  second.link.send(call(12, "a~1!x#2", "slow"), args(0));
  assert.equal(value((await second.link.next("reply", ({ id }) => id === 12)).payload), 2, "the same answer again");
  assert.equal(
    value((await second.link.next("reply", ({ id }) => id === 11)).payload),
    1,
    "it goes to the link that asked last",
  );
  second.link.send({ t: "ack", of: "a~1!x", ids: [[2, 2]] });
  second.link.send(call(13, "a~1!x#3", "slow"), args(0));
  assert.equal(value((await second.link.next("reply", ({ id }) => id === 13)).payload), 3, "nothing ran twice");
});

Deno.test("a cell says a call that nobody answered again on the new link, under the same id", async () => {
  await using cell = new CellUnderTest();
  const { link } = await cell.kernel.attached();
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(SLOW));
  await link.next("loaded");
  link.send(call(1, "a~1!x#1", "ask"), args());
  const asked = await link.next("call");
  cell.kernel.deaf();
  link.close();
  await new Promise((resolve) => setTimeout(resolve, 400));
  cell.kernel.again();
  const { link: next } = await cell.kernel.attached();
  const again = await next.next("call");
  assert.deepEqual([again.message.id, again.message.again, again.message.parent], [asked.message.id, true, undefined]);
  assert.deepEqual(again.payload, asked.payload);
  next.send(call(5, "a~1!x#1", "ask"), args());
  next.send({ t: "reply", id: again.message.id, ok: true, live: true }, args("found").slice());
  const reply = await next.next("reply");
  assert.deepEqual([reply.message.id, value(reply.payload)], [5, ["found"]]);
});

Deno.test("a cell is not attached by a connection: one that ends or stays silent before its welcome is tried again", async () => {
  await using cell = new CellUnderTest();
  (await cell.kernel.connection()).close();
  const nonce = await cell.kernel.connection();
  nonce.send({ t: "nonce", nonce: "00", epoch: 1 });
  await nonce.next("attach");
  nonce.close();
  const silent = await cell.kernel.connection();
  const began = performance.now();
  await silent.ended();
  assert.ok(performance.now() - began > 200, "it is given its time");
  await cell.kernel.attached();
});

Deno.test("a cell told of a successor attaches to it too, fences the old link and answers where it was asked", async () => {
  await using cell = new CellUnderTest();
  const { link } = await cell.kernel.attached();
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(SLOW));
  await link.next("loaded");
  link.send(call(1, "a~1!x#1", "slow"), args(150));
  link.send({ t: "newer" });
  const { link: second } = await cell.kernel.attached();
  await link.next("fence");
  second.send(call(1, "a~1!x#2", "ask"), args());
  const nested = await second.next("call");
  assert.equal(nested.message.parent, 1);
  assert.equal(value((await link.next("reply")).payload), 1);
  link.close();
  second.send({ t: "reply", id: nested.message.id, ok: true, live: true }, args(5).slice());
  assert.deepEqual(value((await second.next("reply")).payload), [5]);
});
