import assert from "node:assert/strict";
import fc from "fast-check";
import { exceedsBytes, NO_PAYLOAD, ownPayload } from "../../kernel/primitives/payload.ts";
import { releaseMemory } from "../../kernel/primitives/release_memory.ts";

Deno.test("exceedsBytes lets pass what takes so many bytes and no more, whatever its characters", () => {
  for (const payload of ["x".repeat(12), "ü".repeat(6), "€".repeat(4), "😀".repeat(3), new Uint8Array(12)]) {
    assert.ok(!exceedsBytes(payload, 12));
    assert.ok(exceedsBytes(payload, 11));
  }
  assert.ok(!exceedsBytes(NO_PAYLOAD, 0));
  assert.ok(exceedsBytes("x", 0));
});

Deno.test("exceedsBytes answers as if it always counted", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.nat(80), (text, most) => {
    assert.equal(exceedsBytes(text, most), new TextEncoder().encode(text).length > most);
  }));
});

Deno.test("ownPayload gives the same text, and bytes alone in a buffer of their own", () => {
  for (const text of ["", "x", "ü😀", "long enough to be cut and not copied"]) assert.equal(ownPayload(text), text);
  const span = Uint8Array.of(1, 2, 3, 4).subarray(1, 3);
  const own = ownPayload(span);
  assert.ok(typeof own !== "string");
  assert.deepEqual(own, Uint8Array.of(2, 3));
  assert.equal(own.buffer.byteLength, 2);
  span.fill(9);
  assert.deepEqual(own, Uint8Array.of(2, 3));
});

Deno.test("ownPayload keeps no text alive that its own was cut from", () => {
  releaseMemory();
  const before = Deno.memoryUsage().heapUsed;
  const kept: unknown[] = [];
  for (let i = 0; i < 400; i++) {
    const frame = [...`${i}`, "x".repeat(250_000)].join("");
    kept.push(ownPayload(frame.slice(0, 100)));
  }
  releaseMemory();
  const grown = Deno.memoryUsage().heapUsed - before;
  assert.equal(kept.length, 400);
  assert.ok(grown < 20_000_000, `${grown} bytes are kept for 40000`);
});
