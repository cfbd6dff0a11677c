import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

Deno.test("an error that nobody caught is counted and told under its own module's name only, with an event", async () => {
  await underAttack({
    "plugins/thrower.js": "export class Module { later() { setTimeout(() => { throw new Error('late'); }, 0); } }",
    "configs/thrower.yml": "",
  }, async (attacked) => {
    await attacked.call("thrower", "later");
    await until(async () => (await attacked.module("thrower")).restarts > 0, 5_000, () => "it was not started again");
    await attacked.reaches("thrower", ["running"]);
    const { modules } = await attacked.status();
    assert.deepEqual(
      modules.map(({ api, error_count }) => [api, error_count]),
      [["neighbour", 0], ["pulse", 0], ["thrower", 1]],
    );
    const logs = await attacked.logs();
    assert.deepEqual([...new Set(logs.filter(({ message }) => /late/.test(message)).map(({ api }) => api))], [
      "thrower",
    ]);
    const told = (await attacked.events("thrower")).some(({ kind, message }) =>
      kind === "module.failed" && /late/.test(message ?? "")
    );
    assert.ok(told, "no event says why it was started again");
  });
});
