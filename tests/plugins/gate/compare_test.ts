import assert from "node:assert/strict";
import { compare } from "../../../plugins/gate/compare.ts";
import type { Probe } from "../../../plugins/gate/probes.ts";
import { sameValue, shortly } from "../../../plugins/gate/same_value.ts";

const probe = (method: string, more: Partial<Probe> = {}): Probe => ({ method, args: [], aspect: "default", ...more });
const gives = (value: unknown, ms = 1) => ({ ok: true, value, ms });
const fails = (ms = 1) => ({ ok: false, fault: { code: "module_error", message: "no" }, ms });

Deno.test("a probe with an expected value is held against that, one without against what the predecessor gave", () => {
  for (
    const [call, now, before, passed, said] of [
      [probe("a", { expect: { value: 1 } }), gives(1), gives(2), true, "'a' gives what is expected"],
      [probe("a", { expect: { value: 1 } }), gives(2), gives(2), false, "'a' gives 2, expected is 1"],
      [probe("a", { expect: { value: undefined } }), gives(undefined), undefined, true, "'a' gives what is expected"],
      [probe("a", { expect: { value: 1 } }), fails(), gives(1), false, "'a' failed: module_error: no"],
      [probe("a"), gives({ x: 1, y: [2n] }), gives({ y: [2n], x: 1 }), true, "'a' gives what it gave"],
      [probe("a"), gives("new"), gives("old"), false, `'a' gives "new", and gave "old"`],
      [probe("a"), fails(), gives("old"), false, "'a' failed, and did not before: no"],
      [probe("a"), fails(), fails(), true, "'a' has nothing to be held against"],
      [probe("a"), gives(1), undefined, true, "'a' has nothing to be held against"],
      [probe("a"), undefined, gives(1), false, "'a' was not answered"],
    ] as const
  ) {
    const outcomes = {
      candidate: now === undefined ? [] : [now],
      predecessor: before === undefined ? undefined : [before],
    };
    const [finding] = compare([call], outcomes, 2);
    assert.deepEqual(finding, { check: "probe", passed, said });
  }
});

Deno.test("a candidate may take so many times its predecessor's time, and a quarter of a second more", () => {
  const time = (now: number, before: number) =>
    compare([probe("a"), probe("b")], {
      candidate: [gives(1, now), gives(1, 0)],
      predecessor: [gives(1, before), gives(1, 0)],
    }, 2).at(-1)!;
  assert.deepEqual([time(650, 200).check, time(650, 200).passed], ["time", true]);
  assert.equal(time(651, 200).passed, false);
  assert.match(time(651, 200).said, /took 651 ms; its predecessor's 200, of which 2 times are allowed/);
});

Deno.test("values are the same by what they hold", () => {
  for (const [a, b] of [[-0, 0], [new Date(5), new Date(5)], [new Uint8Array([1]), new Uint8Array([1])]] as const) {
    assert.ok(sameValue(a, b));
  }
  for (const [a, b] of [[1, 1n], ["1", 1], [null, undefined], [{ a: undefined }, {}], [[1, 2], [2, 1]]] as const) {
    assert.ok(!sameValue(a, b), `${shortly(a)} ${shortly(b)}`);
  }
  assert.equal(shortly("x".repeat(200)).length, 120);
});
