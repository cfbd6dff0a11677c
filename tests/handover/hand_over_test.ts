import assert from "node:assert/strict";
import { LINE_BYTES, type ToWatchdog } from "../../kernel/contract/channel.ts";
import type { HostEvent } from "../../kernel/contract/events.ts";
import type { MetaFile } from "../../kernel/contract/meta_config.ts";
import { HandOver } from "../../kernel/handover/hand_over.ts";
import { Leadership } from "../../kernel/lifecycle/mod.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

const EPOCH = 3;
const SETTLE_MS = 6_000;
const TO: MetaFile = { file: "meta-v2.yml", version: "2", text: "prog: kernel", hash: "22" };
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function kernel({ state = () => Promise.resolve<unknown>({ format: 1 }), succeeds = false } = {}) {
  const clock = new FakeClock();
  const leadership = new Leadership();
  const sent: ToWatchdog[] = [];
  const events: HostEvent[] = [];
  const did: string[] = [];
  const published = { wait: Promise.resolve() };
  const hand_over = new HandOver({
    ...{ epoch: EPOCH, clock, leadership, state, succeeds },
    emit: (event) => events.push(event),
    watchdog: { send: (message) => sent.push(message) },
    publish: () => {
      did.push("publish");
      return published.wait;
    },
    retire: () => did.push("retire"),
  });
  return { hand_over, clock, leadership, sent, events, did, published };
}
const lead = (more: object = {}, epoch = EPOCH) => ({ t: "lead", epoch, ...more }) as const;

Deno.test("HandOver asks for a successor of that version, and resolves when it leads", async () => {
  const { hand_over, sent, did, leadership } = kernel();
  const outcome = hand_over.to(TO);
  assert.deepEqual(sent, [{ t: "start_successor", meta: "meta-v2.yml", hash: "22" }]);
  await hand_over.tellState();
  assert.deepEqual(sent.slice(1), [{ t: "state", state: { format: 1 } }]);
  assert.deepEqual([did, leadership.leads], [[], true]);
  hand_over.lead(lead({}, EPOCH + 1));
  assert.deepEqual(await outcome, { ok: true, value: { epoch: EPOCH + 1 } });
  assert.deepEqual([did, leadership.leads], [["retire"], false]);
});

Deno.test("HandOver says of an upgrade that it is one", () => {
  const { hand_over, sent } = kernel();
  void hand_over.to(TO, { upgrade: true });
  assert.deepEqual(sent, [{ t: "start_successor", meta: "meta-v2.yml", hash: "22", upgrade: true }]);
});

Deno.test("HandOver refuses a second wish while one is under way, and any once another kernel leads", async () => {
  const { hand_over, sent } = kernel();
  const first = hand_over.to(TO);
  const second = await hand_over.to(TO);
  assert.ok(!second.ok);
  assert.deepEqual([second.fault.code, second.fault.retriable], ["conflict", true]);
  hand_over.lead(lead({}, EPOCH + 1));
  await first;
  assert.equal((await hand_over.to(TO)).ok, false);
  assert.equal(sent.length, 1);
});

Deno.test("HandOver tells a failure as an event and to who asked; then changes go on, its sockets are published, and it may be asked again", async () => {
  for (const again of [undefined, true] as const) {
    const { hand_over, leadership, events, did, sent } = kernel();
    const outcome = hand_over.to(TO);
    await hand_over.tellState();
    let changed = false;
    const change = leadership.change(() => Promise.resolve(void (changed = true)), { alters: false });
    await turn();
    assert.equal(changed, false);
    hand_over.lead(lead({ why: "it broke", ...(again && { again }) }));
    const refused = await outcome;
    await change;
    assert.ok(!refused.ok);
    const message = "meta-v2.yml did not take over, the kernel before it serves on: it broke";
    assert.deepEqual(
      [refused.fault.code, refused.fault.message, refused.fault.retriable],
      ["load_failed", message, again ?? false],
    );
    assert.deepEqual(events, [{ kind: "kernel.swap_failed", message, detail: { config: "meta-v2.yml" } }]);
    assert.deepEqual([did, leadership.leads], [["publish"], true]);
    void hand_over.to(TO);
    assert.equal(sent.at(-1)!.t, "start_successor");
  }
});

Deno.test("HandOver tells no state before the changes under way are over, and none when they take longer than 6 s", async () => {
  const { hand_over, leadership, sent, clock } = kernel();
  const change = Promise.withResolvers<void>();
  const changed = leadership.change(() => change.promise, { alters: false });
  void hand_over.to(TO);
  const told = hand_over.tellState();
  await turn();
  clock.advance(SETTLE_MS - 1);
  await turn();
  assert.equal(sent.length, 1);
  clock.advance(1);
  await told;
  assert.deepEqual(sent.at(-1), { t: "state", state: null });
  const again = hand_over.tellState();
  await turn();
  clock.advance(SETTLE_MS - 1);
  change.resolve();
  await Promise.all([again, changed]);
  assert.deepEqual(sent.at(-1), { t: "state", state: { format: 1 } });
});

Deno.test("HandOver tells the next successor no state before its own sockets bear the public names again", async () => {
  const { hand_over, sent, published } = kernel();
  void hand_over.to(TO);
  const publishing = Promise.withResolvers<void>();
  published.wait = publishing.promise;
  hand_over.lead(lead({ why: "it broke" }));
  void hand_over.to(TO);
  const told = hand_over.tellState();
  await turn();
  assert.equal(sent.filter(({ t }) => t === "state").length, 0);
  publishing.resolve();
  await told;
  assert.equal(sent.filter(({ t }) => t === "state").length, 1);
});

Deno.test("HandOver ends an attempt whose state can't be exported once, when the watchdog has heard of it", async () => {
  const { hand_over, sent, events } = kernel({ state: () => Promise.reject(new Error("no paper")) });
  const outcome = hand_over.to(TO);
  await hand_over.tellState();
  assert.deepEqual(sent.at(-1), { t: "state", state: null });
  assert.deepEqual(events, [], "until then a new wish would be taken for this one");
  assert.equal((await hand_over.to(TO)).ok, false);
  hand_over.lead(lead({ why: "changes of modules did not come to an end", again: true }));
  const refused = await outcome;
  assert.ok(!refused.ok);
  assert.match(refused.fault.message, /: exportState\(\) failed: no paper$/);
  assert.deepEqual([refused.fault.retriable, events.length], [false, 1]);
});

Deno.test("HandOver waits as a successor until it is told that it leads", async () => {
  const { hand_over, sent, did } = kernel({ succeeds: true });
  let leads = false;
  const took_over = hand_over.takeOver().then(() => leads = true);
  await turn();
  assert.deepEqual([sent, leads], [[{ t: "imported" }], false]);
  hand_over.lead(lead());
  await took_over;
  assert.deepEqual(did, []);
});

Deno.test("HandOver lets changes of what serves begin when it is told that no former kernel is left", async () => {
  const { hand_over, leadership, events } = kernel();
  leadership.besideFormer();
  let changed = false;
  const change = leadership.change(() => Promise.resolve(void (changed = true)), { alters: true });
  hand_over.lead(lead());
  await turn();
  assert.equal(changed, false);
  hand_over.lead(lead({ alone: true }));
  await change;
  assert.deepEqual([changed, events], [true, []]);
});

Deno.test("HandOver tells nothing of an attempt that is over: neither a late state, nor that there was none", async () => {
  const late = Promise.withResolvers<unknown>();
  const states = [late.promise, Promise.resolve({ format: 1, of: "the second" })];
  const { hand_over, sent, leadership, clock } = kernel({ state: () => states.shift()! });
  const told = () => sent.filter(({ t }) => t === "state");
  void hand_over.to(TO);
  const first = hand_over.tellState();
  await turn();
  hand_over.lead(lead({ why: "it was not told in time", again: true }));
  void hand_over.to(TO);
  late.resolve({ format: 1, of: "the first" });
  await first;
  assert.deepEqual(told(), []);
  await hand_over.tellState();
  assert.deepEqual(told(), [{ t: "state", state: { format: 1, of: "the second" } }]);
  // The same for one that waited in vain for changes to end.
  hand_over.lead(lead({ why: "it died" }));
  const change = Promise.withResolvers<void>();
  void leadership.change(() => change.promise, { alters: false });
  void hand_over.to(TO);
  const waits = hand_over.tellState();
  await turn();
  hand_over.lead(lead({ why: "it died" }));
  void hand_over.to(TO);
  clock.advance(SETTLE_MS);
  await waits;
  assert.equal(told().length, 1);
  change.resolve();
});

Deno.test("HandOver tells the last state that fits into a line of the watchdog's, and says of a larger one why there is none", async () => {
  const around = JSON.stringify({ t: "state", state: { text: "" } }).length;
  for (const [bytes, fits] of [[LINE_BYTES - 1_024, true], [LINE_BYTES - 1_023, false]] as const) {
    const text = "x".repeat(bytes - JSON.stringify({ text: "" }).length);
    const { hand_over, sent } = kernel({ state: () => Promise.resolve({ text }) });
    const outcome = hand_over.to(TO);
    await hand_over.tellState();
    assert.deepEqual(sent.at(-1), { t: "state", state: fits ? { text } : null });
    assert.ok(JSON.stringify(sent.at(-1)).length <= LINE_BYTES && around < 1_024);
    if (fits) continue;
    hand_over.lead(lead({ why: "changes of modules did not come to an end", again: true }));
    const refused = await outcome;
    assert.ok(!refused.ok);
    assert.match(refused.fault.message, /: its state has 4194305 bytes, and a successor can be told 4194304$/);
    assert.equal(refused.fault.retriable, false);
  }
});

Deno.test("HandOver of a successor says when it leads, of any other kernel at once", async () => {
  const order: string[] = [];
  const first = kernel();
  await first.hand_over.led;
  const next = kernel({ succeeds: true });
  void next.hand_over.led.then(() => order.push("led"));
  void next.hand_over.takeOver().then(() => order.push("took over"));
  await turn();
  assert.deepEqual(order, []);
  next.hand_over.lead(lead());
  await turn();
  assert.deepEqual(order.toSorted(), ["led", "took over"]);
});
