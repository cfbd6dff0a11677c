import assert from "node:assert/strict";
import { HostUnderAttack, underAttack, until } from "./neighbour.ts";

/** One second instead of five, so that the test need not wait. */
const SHORT =
  "limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500}\nrestart: {max: 1, window_s: 60}\n";
const CALLABLE = `
export class Module {
  loop() { for (;;); }
  regex() { return /^(a+)+$/.test("a".repeat(40) + "b"); }
  sort() { new Array(5e8).fill(0).sort(() => 1); }
  async microtasks() { for (;;) await null; }
  async resolved() { for (;;) await Promise.resolve().then(() => Promise.reject(0)).catch(() => {}); }
  json() { for (;;) JSON.parse("[" + "0,".repeat(1e6) + "0]"); }
  timers() { const again = () => setTimeout(again, 0); for (let i = 0; i < 5000; i++) again(); return "set"; }
  fine() { return "fine"; }
}`;

Deno.test("a busy loop ends its own cell at liveness_ms: its call fails by name, and the module is back", async () => {
  const names = ["loop", "regex", "microtasks", "resolved"];
  await underAttack(
    Object.fromEntries(names.flatMap((name) => [
      [`plugins/${name}.js`, CALLABLE],
      [`configs/${name}.yml`, SHORT],
    ])),
    async (attacked) => {
      await Promise.all(names.map(async (name) => {
        const before = await attacked.module(name);
        const since = performance.now();
        const fault = await attacked.fault(name, name);
        assert.equal(fault.code, "module_killed", `${name}: ${fault.message}`);
        assert.match(fault.message, /liveness_ms/);
        assert.equal(fault.maybe_ran, true);
        assert.ok(performance.now() - since < 4_000, `${name} took ${performance.now() - since} ms`);
        await attacked.reaches(name, ["running"]);
        assert.equal(await attacked.call(name, "fine"), "fine");
        assert.notEqual((await attacked.module(name)).pid, before.pid);
        const told = await attacked.events(name);
        assert.ok(told.some(({ kind, message }) => kind === "limit.hit" && /liveness_ms/.test(message ?? "")), name);
        assert.ok(told.some(({ kind }) => kind === "module.killed"), name);
      }));
    },
  );
});

Deno.test("a module that is busy in its constructor, at its top level or in run() is given up; it holds nobody else", async () => {
  const source = {
    constructor_loops: "export class Module { constructor() { for (;;); } }",
    top_loops: "for (;;); export class Module {}",
    top_awaits: "await new Promise(() => {}); export class Module {}",
    aspect_loops: "export class Module { getAspect() { for (;;); } }",
    aspect_hangs: "export class Module { getAspect() { return new Promise(() => {}); } }",
    run_loops: "export class Module { run() { for (;;); } }",
    run_throws: "export class Module { run() { throw new Error('run threw'); } }",
    run_rejects: "export class Module { async run() { await 0; throw new Error('run rejected'); } }",
    rejects_unheard:
      "export class Module { constructor() { setTimeout(() => { Promise.reject(new Error('unheard')); }, 200); } }",
    throws_late: "export class Module { constructor() { setTimeout(() => { throw new Error('late'); }, 200); } }",
    constructor_throws: "export class Module { constructor() { throw new Error('born dead'); } }",
    constructor_exits: "export class Module { constructor() { return 5; } }",
  };
  await underAttack({}, async (attacked) => {
    await attacked.write(Object.fromEntries(
      Object.entries(source).flatMap(([name, text]) => [
        [`plugins/${name}.js`, text],
        // The honest one starts while all others spin.
        [`configs/${name}.yml`, name === "constructor_exits" ? "" : SHORT],
      ]),
    ));
    await attacked.write({
      "plugins/late_guest.js": "export class Module { hi() { return 'hi'; } }",
      "configs/late_guest.yml": "",
    });
    await attacked.reaches("late_guest", ["running"], 10_000);
    for (const name of Object.keys(source)) {
      const expected = name === "constructor_exits" ? ["running"] : ["quarantined", "failed"];
      const { reason } = await attacked.reaches(name, expected, 20_000);
      if (name !== "constructor_exits") assert.ok(reason, `${name} has no reason`);
    }
    await until(
      async () =>
        (await attacked.status()).modules.every(({ api, pid }) =>
          !(api in source) || pid === null || api === "constructor_exits"
        ),
      5_000,
      () => "a cell of a given-up module still runs",
    );
  });
});

Deno.test("a module whose shutdown hangs or loops, or whose run ignores it, is taken away all the same", async () => {
  const source = {
    shutdown_hangs: "export class Module { shutdown() { return new Promise(() => {}); } }",
    shutdown_loops: "export class Module { shutdown() { for (;;); } }",
    shutdown_throws: "export class Module { shutdown() { throw new Error('no'); } }",
    run_ignores: "export class Module { async run() { for (;;) await new Promise((r) => setTimeout(r, 20)); } }",
    run_spins:
      "export class Module { constructor(kernel) { this.kernel = kernel; } async run() { for (;;) await this.kernel.sleep(1); } }",
  };
  await underAttack(
    Object.fromEntries(
      Object.entries(source).flatMap(([name, text]) => [
        [`plugins/${name}.js`, text],
        [`configs/${name}.yml`, SHORT],
      ]),
    ),
    async (attacked) => {
      const names = Object.keys(source);
      for (const name of names) await attacked.reaches(name, ["running"]);
      await Promise.all(names.map((name) => Deno.remove(`${attacked.home}/configs/${name}.yml`)));
      await until(
        async () => (await attacked.status()).modules.every(({ api }) => !names.includes(api)),
        6_000,
        () => "not all were taken away",
      );
    },
  );
});

Deno.test("the host stops within 5 s although its modules refuse to end", async () => {
  const names = Array.from({ length: 4 }, (_, i) => `stubborn${i}`);
  const source = "export class Module { shutdown() { for (;;); } async run() { await new Promise(() => {}); } }";
  const attacked = await HostUnderAttack.start(Object.fromEntries(names.flatMap((name) => [
    [`plugins/${name}.js`, source],
    [`configs/${name}.yml`, ""],
  ])));
  const since = performance.now();
  await attacked.end();
  assert.ok(performance.now() - since < 5_500, `it took ${performance.now() - since} ms`);
});
