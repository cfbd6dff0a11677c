/** What each verb of the command line does, on lives whose cells are scripted. */
import assert from "node:assert/strict";
import type { LoggedEvent } from "../../kernel/contract/events.ts";
import type { LogRecord } from "../../kernel/contract/control.ts";
import { EncodedAnswer } from "../../kernel/control/mod.ts";
import { controlVerbs, type VerbPowers } from "../../kernel/control_verbs.ts";
import { LineFeed, RotatingFile } from "../../kernel/events/mod.ts";
import { hostStatus } from "../../kernel/host_status.ts";
import { Reconciler } from "../../kernel/lifecycle/mod.ts";
import { LimitHits } from "../../kernel/limit_hits.ts";
import { principalDesk } from "../../kernel/principal_desk.ts";
import { TokenTable } from "../../kernel/token_table.ts";
import { planWorld } from "../../kernel/plan_world.ts";
import { denoFiles, denoRandom } from "../../kernel/powers_deno.ts";
import { type Fault, fault, refuse } from "../../kernel/contract/fault.ts";
import { decodeValue, encodeValue } from "../../kernel/primitives/value_codec.ts";
import { ScriptedHost } from "../lifecycle/scripted_host.ts";
import { makeHome } from "./scripted_powers.ts";

class VerbKit implements AsyncDisposable {
  readonly host = new ScriptedHost();
  readonly limits: LimitHits;
  readonly reconciler: Reconciler;
  readonly logs: LineFeed<LogRecord>;
  readonly tokens: TokenTable;
  readonly home: string;
  readonly verbs: ReturnType<typeof controlVerbs>;
  stops = 0;

  constructor(home: string) {
    this.home = home;
    const { host } = this;
    const feed = <Item extends { readonly id?: string }>(name: string) =>
      new LineFeed<Item>(
        new RotatingFile({
          files: denoFiles,
          clock: host.clock,
          max_age_ms: Infinity,
          path: `${home}/runtime/${name}.jsonl`,
          max_bytes: 1e6,
          keep: 1,
          max_waiting: 1e5,
        }),
        100,
        2,
      );
    this.logs = feed<LogRecord>("host");
    this.limits = new LimitHits(() => {}, host.clock);
    this.reconciler = new Reconciler({
      ...{ files: denoFiles, clock: host.clock, home, lives: host.lives, emit: () => {} },
      world: () => planWorld(denoFiles, { home, program: home }),
      planned: (plan) => host.plan = plan,
    });
    this.tokens = new TokenTable({ files: denoFiles, clock: host.clock, random: denoRandom, folder: `${home}/tokens` });
    const about = { pid: 1, epoch: 2, version: "0.1.0", config: "meta.yml" };
    const powers: VerbPowers = {
      ...{
        files: denoFiles,
        home,
        broker: host.broker,
        lives: host.lives,
        reconciler: this.reconciler,
        tools: host.tools,
      },
      clock: host.clock,
      tokens: this.tokens,
      principals: principalDesk(() => host.plan, host.tools, this.tokens),
      proposals: undefined as never, // of them tests/proposals and tests/flows tell
      logs: this.logs,
      events: feed<LoggedEvent>("events"),
      status: (api) => {
        const { lives, broker, plan, clock } = host;
        const { limits } = this;
        return hostStatus({ lives, broker, limits, plan, clock, about: { ...about, started: 0 } }, api);
      },
      stop: () => this.stops++,
      upgrade: () => Promise.resolve(refuse(fault("not_found", "not in this test"))),
      leadership: host.leadership,
      about,
    };
    this.verbs = controlVerbs(powers);
  }
  static async open(apis: Readonly<Record<string, string>>): Promise<VerbKit> {
    const files = Object.entries(apis).flatMap(([api, config]) => [
      [`configs/${api}.yml`, config],
      [`plugins/${api}.ts`, "export class Module {}"],
    ]);
    const kit = new VerbKit(await makeHome(Object.fromEntries(files)));
    await kit.look();
    return kit;
  }
  async look(): Promise<void> {
    await this.host.settle(this.reconciler.resynchronizeState());
    this.host.clock.advance(250);
    await this.host.settle(this.reconciler.resynchronizeState());
    await this.host.settle();
  }
  /** A verb, while the cells speak. */
  async ask<T>(verb: Promise<T>): Promise<T> {
    await this.host.settle(verb);
    // Figures that a scripted shell does not give.
    this.host.clock.advance(300);
    await this.host.settle(verb);
    return await verb;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.reconciler.stopWatching();
    await Deno.remove(this.home, { recursive: true });
  }
}

function stream<Item>() {
  const items: Item[] = [];
  const controller = new AbortController();
  return {
    items,
    controller,
    stream: {
      signal: controller.signal,
      push: (item: Item) => void items.push(item),
      send: (item: Item) => (items.push(item), Promise.resolve()),
    },
  };
}
const nothing = stream<never>().stream;
const codeOf = (answer: unknown) =>
  (answer as { ok: boolean; fault?: { code: string } }).fault?.code ?? (answer as { ok: boolean }).ok;

Deno.test("call answers with the service's own bytes, or its fault, and is given up with its client", async () => {
  await using kit = await VerbKit.open({ a: "" });
  const shell = kit.host.alive[0]!;
  const { stream: waiting, controller } = stream<never>();
  const call = kit.verbs.call({ api: "a", method: "do", args: [1] }, waiting);
  await kit.host.settle();
  shell.link.say({ t: "reply", id: shell.link.all("call").at(-1)!.id, ok: true }, "42");
  const answer = await kit.ask(call);
  assert.ok(answer instanceof EncodedAnswer);
  assert.deepEqual(decodeValue(answer.payload), { ok: true, value: 42 });
  assert.equal(codeOf(await kit.ask(kit.verbs.call({ api: "b", method: "do", args: [] }, waiting))), "service_down");
  const given_up = kit.verbs.call({ api: "a", method: "do", args: [] }, waiting);
  await kit.host.settle();
  controller.abort();
  assert.equal(codeOf(await kit.ask(given_up)), "cancelled");
  assert.equal(codeOf(await kit.ask(kit.verbs.call({ api: "a", method: "do", args: [] }, waiting))), "cancelled");
  assert.equal(codeOf(await kit.verbs.call({ api: "a", method: "do", args: [() => 1] }, waiting)), "invalid_argument");
});

Deno.test("call tells the operator why the newest source of a module does not serve", async () => {
  await using kit = await VerbKit.open({ a: "" });
  const { host } = kit;
  const refused = fault("load_failed", "plugins/a.ts:2:7: Expression expected\n  2 | x = ;");
  host.bundle = () => Promise.resolve({ ok: false, fault: refused });
  const call = () => kit.verbs.call({ api: "a", method: "do", args: [] }, nothing);
  const hintOf = (answer: unknown) => (answer as { fault: { hint: string } }).fault.hint;

  await host.settle(host.life("a").again());
  const asked = call();
  await host.settle();
  const { link } = host.alive[0]!;
  const payload = encodeValue(fault("no_attribute", "no", { hint: "its methods are add" }), "fault");
  assert.ok(payload.ok);
  link.say({ t: "reply", id: link.all("call").at(-1)!.id, ok: false, code: "no_attribute" }, payload.value);
  assert.equal(
    hintOf(await kit.ask(asked)),
    "its methods are add; an older source serves, since the newest was refused: plugins/a.ts:2:7: Expression expected",
  );
});

Deno.test("call tells the operator why a module that never came to serve was refused", async () => {
  await using kit = await VerbKit.open({});
  kit.host.bundle = () => Promise.resolve({ ok: false, fault: fault("load_failed", "a.ts:2: no\nmore of it") });
  const planned = await kit.host.planned("a");
  await kit.host.settle(kit.host.lives.apply({ kind: "start", api: planned.spec.api, planned }));
  const down = await kit.ask(kit.verbs.call({ api: "a", method: "do", args: [] }, nothing));
  assert.equal(codeOf(down), "service_down");
  const { hint } = (down as unknown as { fault: { hint: string } }).fault;
  assert.equal(hint, "its newest source was refused: a.ts:2: no; `logs a` has more");
});

Deno.test("status shows all or one, and says which there are", async () => {
  await using kit = await VerbKit.open({ a: "", b: "" });
  const all = await kit.ask(kit.verbs.status({}, nothing));
  assert.ok(!(all instanceof EncodedAnswer) && all.ok);
  assert.deepEqual(all.value.modules.map(({ api, state }) => `${api} ${state}`), ["a running", "b running"]);
  const none = await kit.verbs.status({ api: "c" }, nothing);
  assert.ok(!(none instanceof EncodedAnswer) && !none.ok);
  assert.deepEqual([none.fault.code, none.fault.message, none.fault.hint], [
    ...["not_found", "no module claims api 'c'", "there are a, b"],
  ]);
});

Deno.test("reload starts afresh, and says no when the newest config or source can't be had", async () => {
  await using kit = await VerbKit.open({ a: "" });
  assert.equal(codeOf(await kit.ask(kit.verbs.reload({ api: "a" }, nothing))), true);
  assert.notEqual(kit.host.life("a").current?.id, "1.1");
  kit.host.bundle = () =>
    Promise.resolve({
      ok: false,
      fault: { code: "load_failed", message: "no", hint: "", retriable: false, maybe_ran: false },
    });
  assert.equal(codeOf(await kit.ask(kit.verbs.reload({ api: "a" }, nothing))), "load_failed");
  kit.host.bundle = () => Promise.resolve({ ok: true, value: "" });
  assert.equal(codeOf(await kit.ask(kit.verbs.reload({ api: "a" }, nothing))), true);
  await Deno.writeTextFile(`${kit.home}/configs/a.yml`, "x: [");
  await kit.look();
  const refused = await kit.ask(kit.verbs.reload({ api: "a" }, nothing));
  assert.equal(codeOf(refused), "load_failed", "what was reloaded is the former config");
  assert.equal(codeOf(await kit.verbs.reload({ api: "x" }, nothing)), "not_found");
});

Deno.test("reload waits for a start that is under way, and for a change that takes its place", async () => {
  await using kit = await VerbKit.open({ a: "" });
  const life = kit.host.life("a");
  const made: ((bundle: { ok: true; value: string }) => void)[] = [];
  kit.host.bundle = () => new Promise((resolve) => made.push(resolve));
  void life.again(); // under way: its bundle is not made yet
  let answer: unknown;
  const reload = kit.verbs.reload({ api: "a" }, nothing).then((told) => answer = told);
  await kit.host.settle(kit.reconciler.resynchronizeState()); // behind the verb's own look
  void life.reload({ ...life.wanted, hash: "newer" }); // instead of what the verb asked for
  await until(kit, () => {
    made.shift()?.({ ok: true, value: "" });
    return answer !== undefined;
  });
  await reload;
  assert.deepEqual(answer, { ok: true, value: { api: "a", reloaded: true } });
  assert.equal(life.current?.planned.hash, "newer");
});

async function until(kit: VerbKit, done: () => boolean): Promise<void> {
  for (let round = 0; !done(); round++) {
    assert.ok(round < 50, "it never comes to an end");
    await kit.host.pass(400, 50); // longer than a status waits for figures
  }
}

Deno.test("disable puts a dot before the file and unloads the module, enable takes it away", async () => {
  await using kit = await VerbKit.open({ a: "", b: "" });
  const disabled = await kit.ask(kit.verbs.disable({ api: "a" }, nothing));
  assert.ok(!(disabled instanceof EncodedAnswer) && disabled.ok);
  assert.deepEqual(disabled.value, { api: "a", files: ["configs/.a.yml"] });
  await kit.look();
  assert.equal(kit.host.lives.get("a"), undefined);
  assert.equal(codeOf(await kit.ask(kit.verbs.enable({ api: "a" }, nothing))), true);
  await kit.look();
  assert.equal(kit.host.life("a").state, "running");
  assert.notEqual(codeOf(await kit.verbs.enable({ api: "no api!" }, nothing)), true);
});

Deno.test("operators who ask for the same at once are all answered", async () => {
  await using kit = await VerbKit.open({ a: "" });
  const all = (verb: "reload" | "disable") =>
    kit.ask(Promise.all([1, 2, 3].map(async () => codeOf(await kit.verbs[verb]({ api: "a" }, nothing)))) as never);
  assert.deepEqual(await all("reload") as unknown, [true, true, true]);
  assert.deepEqual(await all("disable") as unknown, [true, true, true]);
});

Deno.test("quarantine lift starts a quarantined module afresh, and refuses any other", async () => {
  await using kit = await VerbKit.open({ a: "restart: {max: 1, window_s: 60}" });
  const lift = () => kit.verbs["quarantine lift"]({ api: "a" }, nothing);
  const healthy = await lift();
  assert.ok(!(healthy instanceof EncodedAnswer) && !healthy.ok);
  assert.deepEqual([healthy.fault.code, healthy.fault.message], ["conflict", "'a' is not quarantined, it is running"]);
  kit.host.alive[0]!.exit();
  await kit.host.pass(25, 25);
  kit.host.alive[0]!.exit();
  await kit.host.settle();
  assert.equal(kit.host.life("a").state, "quarantined");
  assert.deepEqual(await kit.ask(lift()), { ok: true, value: { api: "a", state: "running" } });
});

Deno.test("state drop forgets what is kept, also of an api that nothing claims, and refuses what was never known", async () => {
  await using kit = await VerbKit.open({ a: "" });
  const drop = (api: string) => kit.ask(kit.verbs["state drop"]({ api }, nothing));
  const nothing_kept = { ok: true, value: { api: "a", kept: false, set_aside: false, reloaded: false } };
  assert.deepEqual(await drop("a"), nothing_kept);
  for (const api of ["a", "b"]) {
    kit.host.states.kept.set(api, { from: "", payload: new Uint8Array(1) });
    assert.deepEqual(await drop(api), { ok: true, value: { api, kept: true, set_aside: false, reloaded: false } });
  }
  assert.equal(codeOf(await drop("b")), "not_found");
});

Deno.test("state list tells what is kept, also of an api that nothing claims", async () => {
  await using kit = await VerbKit.open({ a: "" });
  const list = () => kit.ask(kit.verbs["state list"]({}, nothing));
  assert.deepEqual(await list(), { ok: true, value: [] });
  kit.host.states.kept.set("gone", { from: "", payload: new Uint8Array(3) });
  kit.host.states.aside.set("a", { state: { from: "", payload: "12" }, why: "it threw" });
  const time = new Date(0).toISOString();
  assert.deepEqual(await list(), {
    ok: true,
    value: [
      { api: "gone", bytes: 3, time, set_aside: false },
      { api: "a", bytes: 2, time, set_aside: true, why: "it threw" },
    ],
  });
});

Deno.test("reload does not take a state that lies aside for a refusal", async () => {
  await using kit = await VerbKit.open({ a: "" });
  kit.host.states.aside.set("a", { state: { from: "", payload: new Uint8Array(1) }, why: "it was too old" });
  assert.equal(await hostReason(kit), "it was too old");
  assert.deepEqual(await kit.ask(kit.verbs.reload({ api: "a" }, nothing)), {
    ok: true,
    value: { api: "a", reloaded: true },
  });
});

async function hostReason(kit: VerbKit): Promise<string | undefined> {
  const answer = await kit.ask(kit.verbs.status({ api: "a" }, nothing));
  assert.ok(!(answer instanceof EncodedAnswer) && answer.ok);
  return answer.value.modules[0]?.reason;
}

Deno.test("tools, ping and stop answer what they know; stop answers before it stops", async () => {
  await using kit = await VerbKit.open({});
  assert.deepEqual(await kit.verbs.tools({}, nothing), { ok: true, value: [] });
  assert.deepEqual(await kit.verbs.ping({}, nothing), {
    ok: true,
    value: { pid: 1, epoch: 2, version: "0.1.0", config: "meta.yml" },
  });
  const stopping = kit.verbs.stop({}, nothing);
  assert.equal(kit.stops, 0);
  assert.deepEqual(await stopping, { ok: true, value: { stopping: true } });
  assert.equal(kit.stops, 1);
});

Deno.test("logs tells the past, then what comes, each once, until the reader leaves", async () => {
  await using kit = await VerbKit.open({});
  const record = (n: number, api = "a"): LogRecord => ({ time: `${n}`, level: "INFO", api, message: "" });
  for (const n of [1, 2, 3]) kit.logs.push(record(n));
  kit.logs.push(record(4, "b"));
  const past = stream<LogRecord>();
  await kit.verbs.logs({ api: "a", follow: false, lines: 2 }, past.stream);
  assert.deepEqual(past.items.map(({ time }) => time), ["2", "3"]);
  const live = stream<LogRecord>();
  const following = kit.verbs.logs({ api: "a", follow: true, lines: 1 }, {
    ...live.stream,
    send: async (item) => {
      live.items.push(item);
      kit.logs.push(record(5)); // while the past is told
      await Promise.resolve();
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 0));
  kit.logs.push(record(6));
  kit.logs.push(record(7, "b"));
  live.controller.abort();
  assert.deepEqual(await following, { ok: true, value: null });
  kit.logs.push(record(8));
  assert.deepEqual(live.items.map(({ time }) => time), ["3", "5", "6"]);
});

Deno.test("a follower that does not read the past costs a bounded memory, and is told the latest", async () => {
  await using kit = await VerbKit.open({});
  const record = (n: number): LogRecord => ({ time: `${n}`, level: "INFO", api: "a", message: "" });
  kit.logs.push(record(0));
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = stream<LogRecord>();
  const following = kit.verbs.logs({ follow: true, lines: 1 }, { ...slow.stream, send: () => promise });
  for (let n = 1; n <= 25_000; n++) kit.logs.push(record(n));
  resolve();
  await new Promise((then) => setTimeout(then, 0));
  slow.controller.abort();
  await following;
  assert.ok(slow.items.length >= 5_000 && slow.items.length <= 10_000, `${slow.items.length}`);
  assert.equal(slow.items.at(-1)?.time, "25000");
});

const CHANGES = {
  reload: (verbs) => verbs.reload({ api: "a" }, nothing),
  "quarantine lift": (verbs) => verbs["quarantine lift"]({ api: "a" }, nothing),
  "state drop": (verbs) => verbs["state drop"]({ api: "a" }, nothing),
  enable: (verbs) => verbs.enable({ api: "a" }, nothing),
  disable: (verbs) => verbs.disable({ api: "a" }, nothing),
} satisfies Record<string, (verbs: ReturnType<typeof controlVerbs>) => Promise<unknown>>;

for (const [verb, change] of Object.entries(CHANGES)) {
  Deno.test(`${verb} is not answered as if it had been done by a kernel that another one follows: 'moved', and it did not run`, async () => {
    await using kit = await VerbKit.open({ a: "" });
    kit.host.leadership.leave();
    const refused = await kit.ask<unknown>(change(kit.verbs)) as { ok: false; fault: Fault };
    const { code, message, retriable, maybe_ran } = refused.fault;
    const name = `'${verb} a'`;
    const text = `${name} was not carried out: the kernel handed over to its successor meanwhile`;
    assert.deepEqual({ code, message, retriable, maybe_ran }, {
      code: "moved",
      message: text,
      retriable: true,
      maybe_ran: false,
    });
    assert.ok((await Deno.stat(`${kit.home}/configs/a.yml`)).isFile);
  });
}

Deno.test("reload that waits while the state is told ends with 'moved' when another kernel leads, and goes on when none does", async () => {
  await using kit = await VerbKit.open({ a: "" });
  const { leadership, clock } = kit.host;
  assert.ok(await leadership.hold(clock, 1_000));
  const goes_on = kit.verbs.reload({ api: "a" }, nothing);
  await kit.host.settle();
  leadership.resume();
  assert.equal(codeOf(await kit.ask(goes_on)), true);
  assert.ok(await leadership.hold(clock, 1_000));
  const waits = kit.verbs.reload({ api: "a" }, nothing);
  await kit.host.settle();
  leadership.leave();
  assert.equal(codeOf(await kit.ask(waits)), "moved");
});
