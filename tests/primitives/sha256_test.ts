import assert from "node:assert/strict";
import { sha256Hex } from "../../kernel/primitives/sha256.ts";

Deno.test("sha256Hex gives the digests of FIPS 180-4", async () => {
  assert.equal(await sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert.equal(await sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

Deno.test("sha256Hex hashes a text as its UTF-8, and a span as its bytes alone", async () => {
  const bytes = new TextEncoder().encode("xxüx");
  assert.equal(await sha256Hex("ü"), await sha256Hex(bytes.subarray(2, 4)));
});
