import assert from "node:assert/strict";
import fc from "fast-check";
import { GrowingPayload } from "../../kernel/primitives/growing_payload.ts";
import { releaseMemory } from "../../kernel/primitives/release_memory.ts";

Deno.test("GrowingPayload gives all text that was appended, once, and starts again with either kind", () => {
  const payload = new GrowingPayload();
  for (const portion of ["", "a", "ü😀", "b"]) assert.ok(payload.append(portion));
  assert.equal(payload.length, 5);
  assert.equal(payload.take(), "aü😀b");
  assert.equal(payload.length, 0);
  assert.equal(payload.take(), "");
  assert.ok(payload.append(Uint8Array.of(1)));
  assert.ok(payload.append(Uint8Array.of(2, 3)));
  assert.equal(payload.length, 3);
  assert.deepEqual(payload.take(), Uint8Array.of(1, 2, 3));
  assert.ok(payload.append("again"));
  assert.equal(payload.take(), "again");
});

Deno.test("GrowingPayload leaves out a portion of the other kind, but takes an empty text anywhere", () => {
  const text = new GrowingPayload();
  assert.ok(text.append(""));
  assert.ok(text.append("a"));
  assert.ok(!text.append(Uint8Array.of(1)));
  assert.equal(text.length, 1);
  assert.equal(text.take(), "a");
  const bytes = new GrowingPayload();
  assert.ok(bytes.append(""));
  assert.ok(bytes.append(Uint8Array.of(1)));
  assert.ok(bytes.append(""));
  assert.ok(!bytes.append("a"));
  assert.equal(bytes.length, 1);
  assert.deepEqual(bytes.take(), Uint8Array.of(1));
});

Deno.test("GrowingPayload copies bytes, which their sender may change afterwards", () => {
  const payload = new GrowingPayload();
  const portion = Uint8Array.of(1, 2);
  payload.append(portion);
  portion.fill(9);
  assert.deepEqual(payload.take(), Uint8Array.of(1, 2));
});

Deno.test("GrowingPayload gives any portions of one kind as their whole", () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: "grapheme" })), (portions) => {
    const payload = new GrowingPayload();
    for (const portion of portions) assert.ok(payload.append(portion));
    assert.equal(payload.length, portions.join("").length);
    assert.equal(payload.take(), portions.join(""));
  }));
});

Deno.test("GrowingPayload keeps no text alive that a portion was cut from", () => {
  const payload = new GrowingPayload();
  releaseMemory();
  const before = Deno.memoryUsage().heapUsed;
  for (let i = 0; i < 400; i++) {
    const frame = [...`${i}`, "x".repeat(250_000)].join("");
    payload.append(frame.slice(0, 20));
  }
  releaseMemory();
  const grown = Deno.memoryUsage().heapUsed - before;
  assert.equal(payload.length, 8_000);
  assert.ok(grown < 20_000_000, `${grown} bytes are kept for 8000`);
});
