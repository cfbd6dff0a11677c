import assert from "node:assert/strict";
import type { FromWorker } from "../../../kernel/guest/port.ts";
import { MOST_KEPT, openKeptFunctions } from "../../../kernel/guest/worker/kept_functions.ts";

function open() {
  const said: FromWorker[] = [];
  return { said, kept: openKeptFunctions((message) => said.push(message)) };
}

Deno.test("a kept function is found by those it was lent to, under its name, and by nobody else", () => {
  const { kept } = open();
  const fn = () => 1;
  kept.keep("on_change", fn);
  assert.equal(kept.nameOf(fn), "on_change");
  assert.equal(kept.nameOf(() => 1), undefined);
  kept.lentTo(["on_change", "never kept"], "store");
  const found = kept.find("on_change", "store");
  assert.equal(found.ok && found.value, fn);
  for (const [name, api] of [["on_change", "thief"], ["never kept", "store"], ["constructor", "store"]] as const) {
    const refused = kept.find(name, api);
    assert.ok(!refused.ok);
    assert.deepEqual([refused.fault.code, refused.fault.message], [
      ...["cancelled", `the function '${name}' was revoked, or never lent to '${api}'`],
    ]);
  }
});

Deno.test("a kept function that is revoked is found no more, and the kernel hears of it once, if it was lent at all", () => {
  const { kept, said } = open();
  const [f, g] = [() => 1, () => 2];
  const revoke = kept.keep("lent", f);
  const revoke_unlent = kept.keep("unlent", g);
  kept.lentTo(["lent"], "store");
  revoke();
  revoke();
  revoke_unlent();
  assert.deepEqual(said, [{ t: "revoke", name: "lent" }]);
  assert.equal(kept.find("lent", "store").ok, false);
  assert.deepEqual([kept.nameOf(f), kept.nameOf(g), kept.count()], [undefined, undefined, 0]);
});

Deno.test("a name that is kept again is taken from the former function, and lent to nobody yet", () => {
  const { kept, said } = open();
  const [old, fresh] = [() => 1, () => 2];
  const revoke_old = kept.keep("on_change", old);
  kept.lentTo(["on_change"], "store");
  kept.keep("on_change", fresh);
  assert.deepEqual(said, [{ t: "revoke", name: "on_change" }]);
  assert.equal(kept.find("on_change", "store").ok, false);
  assert.deepEqual([kept.nameOf(old), kept.nameOf(fresh)], [undefined, "on_change"]);
  kept.lentTo(["on_change"], "store");
  revoke_old();
  const found = kept.find("on_change", "store");
  assert.equal(found.ok && found.value, fresh, "who revokes the former one takes nothing from the new one");
});

Deno.test("keep takes the last allowed function and throws on the next; a name that is kept already needs no more room", () => {
  const { kept } = open();
  for (let n = 0; n < MOST_KEPT; n++) kept.keep(`f${n}`, () => n);
  assert.throws(() => kept.keep("one more", () => 1), /256 functions are kept; no more may be/);
  kept.keep("f0", () => 1)();
  kept.keep("one more", () => 1);
  assert.equal(kept.count(), MOST_KEPT);
});
