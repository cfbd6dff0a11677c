/** Modules that are asked for their state and give what they should not: the reload is refused by name, and the old instance serves on. */
import assert from "node:assert/strict";
import { underAttack } from "./neighbour.ts";

const SHORT = "limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500, state_bytes: 100000}\n";
const module = (state: string) =>
  `export class Module {
  answer() { return 42; }
  exportState() { ${state} }
  importState() {}
}`;

/** Each as its author's idea of a state, and what the host says of it. */
const STATES: Readonly<Record<string, readonly [text: string, said: RegExp]>> = {
  huge: [`return "x".repeat(100_000);`, /the state makes more than limits\.state_bytes, 100000 bytes/],
  enormous: [`return Array.from({ length: 200 }, () => "x".repeat(1_000_000));`, /more than limits\.state_bytes/],
  shared: [
    `let s = ["xxxxxxxxxx"]; for (let i = 0; i < 40; i++) s = [s, s]; return s;`,
    /more than limits\.state_bytes/,
  ],
  getter: [`return { deep: { get secret() { while (true); } } };`, /state\.deep\.secret is an accessor/],
  proxy: [
    `return new Proxy({}, { ownKeys: () => ["a"], getOwnPropertyDescriptor() { throw { get message() { while (true); } }; } });`,
    /state can't be read/,
  ],
  circle: [`const a = {}; a.a = a; return a;`, /contains itself/],
  nested: [`let s = 1; for (let i = 0; i < 100_000; i++) s = [s]; return s;`, /nested more than 64 levels/],
  thenable: [`return { then(resolve) { throw new Error("no promise"); } };`, /Error: no promise/],
  never: [`return new Promise(() => {});`, /exportState did not answer within 500 ms/],
};

Deno.test("a state that is too large, no plain data, or never given refuses the reload, and the old instance serves on", async () => {
  await underAttack(
    Object.fromEntries(
      Object.entries(STATES).flatMap(([name, [text]]) => [
        [`plugins/${name}.js`, module(text)],
        [`configs/${name}.yml`, SHORT],
      ]),
    ),
    async (attacked) => {
      await Promise.all(
        Object.entries(STATES).map(async ([name, [, said]]) => {
          const { pid } = await attacked.module(name);
          const reloaded = await attacked.verb("reload", { api: name });
          assert.ok(!reloaded.ok, `${name} was reloaded`);
          assert.match(reloaded.fault.message, said, name);
          assert.equal(await attacked.call(name, "answer"), 42, name);
          const after = await attacked.module(name);
          assert.deepEqual([after.pid, after.state, after.restarts], [pid, "running", 0], name);
          assert.match(after.reason ?? "", /^the state of '\w+' could not be exported/);
        }),
      );
    },
  );
});

Deno.test("an exportState that loops ends its own cell at liveness_ms; the module begins anew, and a stop waits for nobody", async () => {
  await underAttack(
    { "plugins/loops.js": module("for (;;);"), "configs/loops.yml": SHORT },
    async (attacked) => {
      const { pid } = await attacked.module("loops");
      const reloaded = await attacked.verb("reload", { api: "loops" });
      assert.ok(!reloaded.ok);
      const waiting = attacked.tryCall("loops", "answer");
      const answered = await waiting;
      assert.equal(answered.ok || answered.fault.code, "module_killed");
      await attacked.reaches("loops", ["running"]);
      assert.notEqual((await attacked.module("loops")).pid, pid);
      assert.equal(await attacked.call("loops", "answer"), 42);
      // The end of the test stops the host, and so asks for the state once more.
    },
  );
});
