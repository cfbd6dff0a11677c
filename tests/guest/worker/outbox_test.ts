import assert from "node:assert/strict";
import { WIRE } from "../../../kernel/contract/limits.ts";
import { BATCH_WORDS } from "../../../kernel/guest/port_batch.ts";
import { payloadOf, reply, startWorker } from "./start_worker.ts";

const MODULE = `export class Module {
  constructor(kernel) { this.kernel = kernel; }
  echo(x) { return x; }
  async later(n) { for (let i = 0; i < n; i++) await null; return n; }
  many(n) { const h = this.kernel.getApi("x"); for (let i = 0; i < n; i++) h.f(i).catch(() => {}); return n; }
  async each(n) { const h = this.kernel.getApi("x"); const got = await Promise.allSettled(Array.from({ length: n }, (_, i) => h.f(i))); const codes = {}; for (const g of got) { const k = g.reason?.code ?? "ok"; codes[k] = (codes[k] ?? 0) + 1; } return codes; }
  big(n) { const h = this.kernel.getApi("x"), bytes = new Uint8Array(n); for (let i = 0; i < 4; i++) h.f(bytes).catch(() => {}); }
}`;

Deno.test("what is said in one turn is posted as one array", async () => {
  await using worker = await startWorker(MODULE);
  const orders = Array.from({ length: 50 }, (_, i) => worker.order("echo", [i]));
  const last = worker.next("reply", ({ id }) => id === orders.at(-1)!.id);
  worker.batches.length = 0;
  worker.send(...orders.map(({ order }) => order));
  await last;
  assert.deepEqual(worker.batches, [50]);
});

Deno.test("answers that need a few more microtasks still go together", async () => {
  await using worker = await startWorker(MODULE);
  const orders = Array.from({ length: 20 }, (_, i) => worker.order("later", [i % 4]));
  const done = Promise.all(orders.map(({ id }) => worker.next("reply", (reply) => reply.id === id)));
  worker.batches.length = 0;
  worker.send(...orders.map(({ order }) => order));
  await done;
  assert.ok(worker.batches.length <= 2, String(worker.batches));
});

Deno.test("a batch goes early at BATCH_WORDS, and at WIRE.batch_bytes", async () => {
  await using worker = await startWorker(MODULE);
  worker.batches.length = 0;
  await worker.value("many", [BATCH_WORDS + 10]);
  assert.equal(worker.batches[0], BATCH_WORDS);
  await new Promise((done) => setTimeout(done, 20));
  worker.batches.length = 0;
  await worker.value("big", [WIRE.batch_bytes]);
  assert.ok(worker.batches.length >= 4, String(worker.batches));
});

Deno.test("the last call within the bound on outstanding calls is made, the next one is rate_limited", async () => {
  await using worker = await startWorker(MODULE, { limits: { calls_in_flight: 2 } });
  worker.onCall = (call) => reply(call, null);
  assert.deepEqual(await worker.value("each", [32]), { ok: 32 });
  assert.deepEqual(await worker.value("each", [33]), { ok: 32, rate_limited: 1 });
  assert.deepEqual(await worker.value("each", [32]), { ok: 32 });
});

Deno.test("a reply to nobody and a second reply change nothing", async () => {
  await using worker = await startWorker(MODULE);
  worker.send({ t: "reply", id: 77, ok: true, live: true, streams: 0, payload: payloadOf(1) });
  worker.onCall = (call) => {
    worker.send(reply(call, null));
    return { t: "reply", id: call.id, ok: false, live: true, code: "internal", streams: 0, payload: payloadOf({}) };
  };
  assert.deepEqual(await worker.value("each", [3]), { ok: 3 });
});
