import assert from "node:assert/strict";
import { GrowingBytes } from "../../kernel/primitives/growing_bytes.ts";

Deno.test("GrowingBytes gives all that was appended, once, and starts again", () => {
  const bytes = new GrowingBytes();
  for (let i = 0; i < 300; i++) bytes.append(new Uint8Array(i % 7).fill(i));
  const expected = Array.from({ length: 300 }, (_, i) => Array(i % 7).fill(i & 255)).flat();
  assert.equal(bytes.length, expected.length);
  const taken = bytes.take();
  assert.deepEqual([...taken], expected);
  assert.equal(bytes.length, 0);
  bytes.append(Uint8Array.of(1));
  assert.deepEqual([...bytes.take()], [1]);
  assert.deepEqual([...taken], expected);
});

Deno.test("GrowingBytes copies what it is given", () => {
  const bytes = new GrowingBytes();
  const chunk = Uint8Array.of(1, 2);
  bytes.append(chunk);
  chunk.fill(9);
  assert.deepEqual([...bytes.take()], [1, 2]);
});
