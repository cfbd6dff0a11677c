import assert from "node:assert/strict";
import { reply, startWorker } from "./start_worker.ts";

const MODULE = `export class Module {
  constructor(kernel) { this.kernel = kernel; }
  async who(rounds) {
    const { kernel } = this, seen = [];
    const look = () => { const c = kernel.caller(); seen.push(c && [c.api, c.principal, c.trace_id].join()); };
    look();
    for (let i = 0; i < rounds; i++) {
      await null; look();
      await kernel.sleep(Math.random() * 5); look();
      await new Promise((done) => setTimeout(done, Math.random() * 3)); look();
      await new Promise((done) => queueMicrotask(done)); look();
      await kernel.getApi("db").q(); look();
    }
    return [...new Set(seen)];
  }
  keys() { return Object.keys(this.kernel.caller()); }
  frozen() { const c = this.kernel.caller(); try { c.api = "x"; } catch { return this.kernel.caller().api; } }
  leave() { this.left = new Promise((done) => setTimeout(() => done(this.kernel.caller() === undefined), 20)); return 1; }
  async run(signal) { this.outside = this.kernel.caller() === undefined; await this.kernel.getApi("db").q(); }
  seen() { return this.left.then((l) => [l, this.outside]); }
}`;

Deno.test("caller() is the call's own across awaits, sleeps, timers and calls, with 100 calls interleaved", async () => {
  await using worker = await startWorker(MODULE);
  worker.onCall = (call) => reply(call, null);
  const answers = await Promise.all(
    Array.from(
      { length: 100 },
      (_, i) => worker.value("who", [3], { caller: { api: `a${i}`, principal: `p${i}` }, trace: `t${i}` }),
    ),
  );
  assert.deepEqual(answers, Array.from({ length: 100 }, (_, i) => [`a${i},p${i},t${i}`]));
});

Deno.test("caller() is plain frozen data of three keys", async () => {
  await using worker = await startWorker(MODULE);
  assert.deepEqual(await worker.value("keys"), ["api", "principal", "trace_id"]);
  assert.equal(await worker.value("frozen"), "tester");
});

Deno.test("caller() is undefined outside of calls: in run, and after the call has been answered", async () => {
  await using worker = await startWorker(MODULE);
  worker.onCall = (call) => reply(call, null);
  const called = worker.next("call");
  worker.send({ t: "run" });
  assert.equal((await called).parent, undefined);
  await worker.value("leave");
  assert.deepEqual(await worker.value("seen"), [true, true]);
});
