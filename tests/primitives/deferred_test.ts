import assert from "node:assert/strict";
import { deferred } from "../../kernel/primitives/deferred.ts";

Deno.test("deferred is settled by its hands, once", async () => {
  const { promise, resolve, reject } = deferred<number>();
  resolve(1);
  resolve(2);
  reject(new Error("late"));
  assert.equal(await promise, 1);
});

Deno.test("deferred is rejected by its hand", async () => {
  const { promise, reject } = deferred();
  reject(new Error("no"));
  await assert.rejects(promise, /no/);
});
