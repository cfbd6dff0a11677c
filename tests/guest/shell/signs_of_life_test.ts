import assert from "node:assert/strict";
import type { Builtin } from "../../../kernel/contract/spec.ts";
import { SignsOfLife } from "../../../kernel/guest/shell/signs_of_life.ts";
import { FakeClock } from "../../primitives/fake_clock.ts";

function open(builtins: Builtin[] = [], wasm = false) {
  const clock = new FakeClock();
  return { clock, signs: new SignsOfLife(clock, { builtins, wasm }) };
}
const PING = { t: "ping" } as const;

Deno.test("a module is dormant once it has answered a ping without tasks, until it is told something or speaks of itself", () => {
  const { signs } = open();
  assert.equal(signs.dormant, false);
  signs.told(PING);
  signs.heard(false, 0);
  assert.equal(signs.dormant, true);
  signs.told({ t: "release" });
  assert.equal(signs.dormant, true);
  signs.told({ t: "call" });
  assert.equal(signs.dormant, false);
  signs.told(PING);
  signs.heard(false, 0);
  signs.heard(true, 0);
  assert.equal(signs.dormant, false);
});

Deno.test("a pong with tasks, or one that answers a ping from before the last thing it was told, makes nobody dormant", () => {
  const { signs } = open();
  signs.told(PING);
  signs.heard(false, 1);
  assert.equal(signs.dormant, false);
  signs.told(PING);
  signs.told({ t: "run" });
  signs.heard(false, 0);
  assert.equal(signs.dormant, false);
});

Deno.test("a module with wasm, or with a builtin that does things by itself, is never dormant", () => {
  const dormant = (builtins: Builtin[], wasm = false) => {
    const { signs } = open(builtins, wasm);
    signs.told(PING);
    signs.heard(false, 0);
    return signs.dormant;
  };
  assert.equal(dormant(["node:sqlite", "node:util"]), true);
  for (const builtin of ["node:net", "node:crypto", "files", "serve", "node:stream"] as const) {
    assert.equal(dormant([builtin]), false, builtin);
  }
  assert.equal(dormant([], true), false);
});

Deno.test("who waits for the next word is called once, or told that none came in time", async () => {
  const { clock, signs } = open();
  let called = 0;
  signs.await(() => called++);
  const came = signs.within(100);
  signs.heard(true, 0);
  signs.heard(true, 0);
  assert.deepEqual([called, await came, clock.pending], [1, true, 0]);
  const late = signs.within(100);
  clock.advance(100);
  assert.equal(await late, false);
});
