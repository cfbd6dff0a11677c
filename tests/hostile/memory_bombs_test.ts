import assert from "node:assert/strict";
import { underAttack } from "./neighbour.ts";

const BOMB = `
const keep = [];
export class Module {
  heap() { for (;;) keep.push({ a: Math.random(), b: String(Math.random()) }); }
  buffers() { for (;;) keep.push(new Uint8Array(16_777_216).fill(1)); }
  slow_buffers() { return new Promise(() => setInterval(() => keep.push(new Uint8Array(8_388_608).fill(1)), 5)); }
  text() { let text = "x"; for (;;) { text += text; keep.push(text + Math.random()); } }
  streams() { for (;;) keep.push(new Blob(["x".repeat(1_000_000)])); }
  timers() { for (let i = 0; i < 20_000; i++) setTimeout(() => {}, 100_000); }
  map() { const map = new Map(); for (let i = 0;; i++) map.set(i, i); }
  fine() { return "fine"; }
}`;
const WAYS = ["heap", "buffers", "slow_buffers", "streams", "map", "text"];

Deno.test("a memory bomb ends its own cell: its call fails by name, the module is back, the neighbour notices nothing", async (t) => {
  await underAttack(
    Object.fromEntries(WAYS.flatMap((way) => [
      [`plugins/${way}.js`, BOMB],
      [`configs/${way}.yml`, "restart: {max: 3, window_s: 60}\n"],
    ])),
    async (attacked) => {
      for (const way of WAYS) {
        await t.step(way, async () => {
          const { code, message, maybe_ran } = await attacked.fault(way, way);
          if (code === "module_error") return assert.match(message, /memory|length|allocat/i); // the runtime refused it by itself
          assert.equal(code, "module_killed");
          assert.equal(maybe_ran, true);
          await attacked.reaches(way, ["running"]);
          assert.equal(await attacked.call(way, "fine"), "fine");
        });
      }
    },
  );
});

Deno.test("limits.timers: the last is set, the first above is refused by name", async () => {
  const source = `export class Module {
    set(count) { let made = 0; try { for (; made < count; made++) setTimeout(() => {}, 100_000); return { made }; }
      catch (error) { return { made, code: error.code, message: error.message }; } }
  }`;
  await underAttack({
    "plugins/fits.js": source,
    "configs/fits.yml": "limits: {timers: 100}\n",
    "plugins/storm.js": source,
    "configs/storm.yml": "limits: {timers: 100}\n",
  }, async (attacked) => {
    assert.deepEqual(await attacked.call("fits", "set", 100), { made: 100 });
    assert.deepEqual(await attacked.call("storm", "set", 101), {
      made: 100,
      code: "quota",
      message: "setTimeout: 100 timers are set; limits.timers allows no more",
    });
  });
});
