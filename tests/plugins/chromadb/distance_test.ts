import assert from "node:assert/strict";
import { distance } from "../../../plugins/chromadb/distance.ts";

Deno.test("distance measures l2 as its square, cosine and ip as 1 less the product", () => {
  const [a, b] = [Float32Array.of(1, 0), Float32Array.of(3, 4)];
  assert.equal(distance("l2", a, b), 20);
  assert.equal(distance("ip", a, b), -2);
  assert.ok(Math.abs(distance("cosine", a, b) - 0.4) < 1e-12);
  assert.equal(distance("cosine", a, Float32Array.of(0, 0)), 1);
});
