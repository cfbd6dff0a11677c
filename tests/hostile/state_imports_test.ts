/** Modules that are given a state and go wrong over it: the new instance is taken away, the old one serves on, and the state is set aside. */
import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

const SHORT = "limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500}\n";
const module = (then: string) =>
  `export class Module {
  n = 0;
  add() { return ++this.n; }
  exportState() { return this.n; }
  importState(n) { ${then} this.n = n; }
}`;

const IMPORTS: Readonly<Record<string, readonly [text: string, said: RegExp]>> = {
  throws: ["throw new TypeError('not mine');", /TypeError: not mine/],
};

Deno.test("an importState that loops, hangs, throws or bombs is tried twice and its state set aside; the old instance serves on", async () => {
  await underAttack(
    Object.fromEntries(
      Object.keys(IMPORTS).flatMap((name) => [
        [`plugins/${name}.js`, module("")],
        [`configs/${name}.yml`, SHORT],
      ]),
    ),
    async (attacked) => {
      for (const [name, [text, said]] of Object.entries(IMPORTS)) {
        assert.equal(await attacked.call(name, "add"), 1);
        const { pid } = await attacked.module(name);
        await attacked.write({ [`plugins/${name}.js`]: module(text) });
        const reloaded = await attacked.verb("reload", { api: name });
        assert.ok(!reloaded.ok, `${name} was reloaded`);
        assert.match(reloaded.fault.message, said, name);
        assert.equal(await attacked.call(name, "add"), 2, name);
        const after = await attacked.module(name);
        assert.deepEqual([after.pid, after.state, after.restarts], [pid, "running", 0], name);
        assert.match(after.reason ?? "", /did not take its former state/);
        const told = (await attacked.events(name)).filter(({ kind }) => kind === "module.state_set_aside");
        assert.ok(told.length >= 1, name);
      }
      const dropped = await attacked.verb("state drop", { api: "throws" });
      assert.deepEqual(dropped, {
        ok: true,
        value: { api: "throws", kept: false, set_aside: true, reloaded: true },
      });
      assert.equal(await attacked.call("throws", "add"), 1);
      assert.equal((await attacked.module("throws")).reason, undefined);
    },
  );
});

Deno.test("a kept state that is no longer taken at a start does not keep the module from serving: it begins empty and says so", async () => {
  await underAttack(
    { "plugins/picky.js": module(""), "configs/picky.yml": SHORT },
    async (attacked) => {
      assert.equal(await attacked.call("picky", "add"), 1);
      await attacked.verb("disable", { api: "picky" });
      const listed = async () => (await attacked.status()).modules.some(({ api }) => api === "picky");
      await until(async () => !await listed(), 5_000, () => "it did not end");
      await attacked.write({ "plugins/picky.js": module("for (;;);") });
      await attacked.verb("enable", { api: "picky" });
      await until(listed, 5_000, () => "it did not come back");
      await attacked.reaches("picky", ["running"]);
      assert.equal(await attacked.call("picky", "add"), 1);
      assert.match((await attacked.module("picky")).reason ?? "", /did not take its former state.*it starts empty/);
      assert.deepEqual(await attacked.verb("state drop", { api: "picky" }), {
        ok: true,
        value: { api: "picky", kept: false, set_aside: true, reloaded: false },
      });
      assert.equal((await attacked.module("picky")).reason, undefined);
      const reloaded = await attacked.verb("reload", { api: "picky" });
      assert.ok(!reloaded.ok, "the state of the running one is not taken either");
    },
  );
});
