/** A million items through two hops, with a consumer that takes its time: order is kept, and nobody's memory grows with the stream. */
import assert from "node:assert/strict";
import { RunningHost } from "./running_host.ts";

const ITEMS = 1_000_000;
const MODULES = {
  source:
    `export class Module { async *items(count) { for (let i = 0; i < count; i++) yield { i, text: "item " + i }; } }`,
  relay: `export class Module { constructor(kernel) { this.source = kernel.getApi("source"); }
    async *items(count) { for await (const item of await this.source.items(count)) yield item; } }`,
  // It stops for a while at every fifty thousandth item: what is under way then must wait somewhere, and not all of it may.
  sink: `export class Module { constructor(kernel) { this.kernel = kernel; this.relay = kernel.getApi("relay"); }
    seen = 0; ordered = true; done = false;
    async run() {
      for await (const { i } of await this.relay.items(${ITEMS})) {
        if (i !== this.seen++) this.ordered = false;
        if (this.seen % 50000 === 0) await this.kernel.sleep(150);
      }
      this.done = true;
    }
    state() { return { seen: this.seen, ordered: this.ordered, done: this.done }; } }`,
};

Deno.test("a million items through two hops: in order, and no process grows with them", async () => {
  await using host = await RunningHost.start({
    ...Object.fromEntries(Object.entries(MODULES).map(([api, text]) => [`plugins/${api}.js`, text])),
    "configs/source.yml": "",
    "configs/relay.yml": "grants: {services: [source]}\n",
    "configs/sink.yml": "grants: {services: [relay]}\nlimits: {call_timeout_ms: 120000}\n",
  });
  const { kernel, modules } = await host.status();
  const pids = [kernel.pid, ...modules.filter(({ api }) => api in MODULES).map(({ pid }) => pid!)];
  const before = pids.map(residentMb);
  const most = [...before];
  let state: { seen: number; ordered: boolean; done: boolean };
  do {
    await new Promise((resolve) => setTimeout(resolve, 500));
    pids.forEach((pid, n) => most[n] = Math.max(most[n]!, residentMb(pid)));
    state = await host.call("sink", "state");
  } while (!state.done);
  assert.deepEqual(state, { seen: ITEMS, ordered: true, done: true });
  const grown = most.map((mb, n) => mb - before[n]!);
  // A million items are 40 MB of text; held as values they would be several times that.
  assert.ok(grown.every((mb) => mb < 60), `grown by ${grown.map((mb) => Math.round(mb))} MB`);
  console.log(`  grown at most by ${grown.map((mb) => Math.round(mb)).join(", ")} MB`);
});

function residentMb(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
