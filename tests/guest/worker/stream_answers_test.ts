/** What a module does with an answer that speaks of streams: one that lies takes nothing from it. */
import assert from "node:assert/strict";
import type { ToWorker } from "../../../kernel/guest/port.ts";
import { type Call, startWorker } from "./start_worker.ts";

const MODULE = `export class Module {
  constructor(kernel) { this.x = kernel.getApi("x"); }
  async all() { const rows = await this.x.rows(); const got = []; for await (const row of rows) got.push(row); return got; }
  async same() { const { a, b } = await this.x.rows(); return a === b; }
  async code() { try { return await this.x.rows() ?? null; } catch (error) { return error.code; } }
}`;
const answer = (call: Call, payload: string, streams: number): ToWorker => (
  { t: "reply", id: call.id, ok: true, live: true, streams, payload }
);

Deno.test("a stream of an answer is read as it comes, to its end", async () => {
  await using worker = await startWorker(MODULE);
  worker.onCall = (call) => answer(call, '{"$":"s","v":0}', 1);
  const read = worker.value("all");
  const { id, upto } = await worker.next("pull");
  assert.ok(upto > 0);
  worker.send(
    { t: "items", at: "caller", id, no: 0, count: 2, payload: '[1,{"$":"n","v":"2"}]' },
    { t: "end", at: "caller", id, no: 0, payload: "" },
  );
  assert.deepEqual(await read, [1, 2n]);
});

Deno.test("a stream that is named twice in an answer is one reader", async () => {
  await using worker = await startWorker(MODULE);
  worker.onCall = (call) => answer(call, '{"a":{"$":"s","v":0},"b":{"$":"s","v":0}}', 1);
  assert.equal(await worker.value("same"), true);
});

Deno.test("streams that an answer announces and does not name are stopped: nobody could read them to their end", async () => {
  await using worker = await startWorker(MODULE);
  worker.onCall = (call) => answer(call, "null", 2);
  const stopped = worker.next("stop", ({ no }) => no === 1);
  assert.equal(await worker.value("code"), null);
  await stopped;
  assert.deepEqual(worker.heard.flatMap((word) => word.t === "stop" ? [[word.at, word.no]] : []), [
    ["caller", 0],
    ["caller", 1],
  ]);
});

Deno.test("an answer with streams that can't be read is a fault, and its call is given up", async () => {
  for (const payload of ['[{"$":"s","v":0},{"$":"s","v":7}]', '[{"$":"s","v":0},{"$":"x"}]', "{"]) {
    await using worker = await startWorker(MODULE);
    worker.onCall = (call) => answer(call, payload, 1);
    const cancelled = worker.next("cancel");
    assert.equal(await worker.value("code"), "invalid_argument");
    await cancelled;
  }
});
