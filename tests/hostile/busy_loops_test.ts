import assert from "node:assert/strict";
import { HostUnderAttack, underAttack, until } from "./neighbour.ts";

/** One second instead of five, so that the test need not wait. */
const SHORT =
  "limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500}\nrestart: {max: 1, window_s: 60}\n";
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
