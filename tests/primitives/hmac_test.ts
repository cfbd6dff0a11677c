import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { checkProof, proveToken } from "../../kernel/primitives/hmac.ts";
import { KernelBug } from "../../kernel/primitives/invariant.ts";

const TOKEN = "0b".repeat(32);
const NONCE = "5a".repeat(32);

Deno.test("proveToken is HMAC-SHA-256 of nonce, cell and incarnation under the token's bytes", async () => {
  const expected = createHmac("sha256", Uint8Array.from({ length: 32 }, () => 0x0b))
    .update(`["attach","${NONCE}","notes~1","ab12"]`).digest("hex");
  assert.equal(await proveToken(TOKEN, NONCE, "notes~1", "ab12"), expected);
});

Deno.test("checkProof takes the proof of the same token, nonce, cell and incarnation", async () => {
  const proof = await proveToken(TOKEN, NONCE, "notes~1", "ab12");
  assert.equal(await checkProof(TOKEN, NONCE, "notes~1", "ab12", proof), true);
});

Deno.test("checkProof refuses when any of them differs", async () => {
  const proof = await proveToken(TOKEN, NONCE, "notes~1", "ab12");
  assert.equal(await checkProof("0c".repeat(32), NONCE, "notes~1", "ab12", proof), false);
  assert.equal(await checkProof(TOKEN, "5b".repeat(32), "notes~1", "ab12", proof), false);
  assert.equal(await checkProof(TOKEN, NONCE, "notes~2", "ab12", proof), false);
  assert.equal(await checkProof(TOKEN, NONCE, "notes~1", "ab13", proof), false);
  const flipped = (proof[0] === "0" ? "1" : "0") + proof.slice(1);
  for (const wrong of [flipped, proof.slice(2), proof + "00", proof.toUpperCase(), "", "zz", proof.slice(1)]) {
    assert.equal(await checkProof(TOKEN, NONCE, "notes~1", "ab12", wrong), false, wrong);
  }
});

Deno.test("checkProof refuses everything under a token that is none; proveToken calls it a bug", async () => {
  const proof = await proveToken(TOKEN, NONCE, "notes~1", "ab12");
  for (const token of ["", "xyz", "0"]) {
    assert.equal(await checkProof(token, NONCE, "notes~1", "ab12", proof), false);
    await assert.rejects(proveToken(token, NONCE, "notes~1", "ab12"), KernelBug);
  }
});
