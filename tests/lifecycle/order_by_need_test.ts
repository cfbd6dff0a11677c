import assert from "node:assert/strict";
import fc from "fast-check";
import { orderByNeed } from "../../kernel/lifecycle/order_by_need.ts";
import { planOf } from "../config/planned.ts";

const order = async (needs: Readonly<Record<string, readonly string[]>>) => {
  const configs = Object.entries(needs).map((
    [api, services],
  ) => [`${api}.yml`, `grants: {services: ${JSON.stringify(services)}}`]);
  return orderByNeed((await planOf(Object.fromEntries(configs))).modules);
};

Deno.test("orderByNeed puts each module after the services it is granted, else by name", async () => {
  assert.deepEqual(await order({ a: ["c"], b: [], c: ["d"], d: [] }), ["d", "c", "a", "b"]);
});

Deno.test("orderByNeed breaks a circle by name, whatever the order of files", async () => {
  assert.deepEqual(await order({ a: ["b"], b: ["c"], c: ["a"] }), ["c", "b", "a"]);
  assert.deepEqual(await order({ c: ["a"], b: ["c"], a: ["b"] }), ["c", "b", "a"]);
  assert.deepEqual(await order({ a: ["a"] }), ["a"]);
});

Deno.test("orderByNeed passes over services that no config brings", async () => {
  assert.deepEqual(await order({ a: ["nobody", "no/*"] }), ["a"]);
});

Deno.test("orderByNeed names every module once and keeps every need that is in no circle", async () => {
  // Needs that point to earlier letters only make no circle.
  const acyclic = fc.array(fc.nat({ max: 255 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(acyclic, async (masks) => {
      const name = (i: number) => "hgfedcba"[i]!;
      const needs = masks.map((mask, i) =>
        [name(i), [...Array(i).keys()].filter((j) => mask & (1 << j)).map(name)] as const
      );
      const ordered = await order(Object.fromEntries(needs)) as readonly string[];
      assert.equal(new Set(ordered).size, needs.length);
      for (const [api, services] of needs) {
        for (const service of services) assert.ok(ordered.indexOf(service) < ordered.indexOf(api));
      }
    }),
    { numRuns: 50 },
  );
});
