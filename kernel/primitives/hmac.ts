import { fromHex } from "./hex.ts";
import { invariant } from "./invariant.ts";

const HMAC = Object.freeze({ name: "HMAC", hash: "SHA-256" });
const utf8 = new TextEncoder();

/**
 * A cell's proof that it holds its token: HMAC-SHA-256 over the kernel's nonce, the cell's name and its incarnation, in hex. The token itself is
 * never sent, and a proof is good for one nonce only.
 */
export async function proveToken(
  token_hex: string,
  nonce_hex: string,
  cell: string,
  incarnation: string,
): Promise<string> {
  const key = await importKey(token_hex, "sign");
  invariant(key, "a cell's token is hex");
  return new Uint8Array(await crypto.subtle.sign(HMAC, key, message(nonce_hex, cell, incarnation))).toHex();
}

/** Whether a proof is right; takes the same time wherever it is wrong. Never throws for what a cell said. */
export async function checkProof(
  token_hex: string,
  nonce_hex: string,
  cell: string,
  incarnation: string,
  proof_hex: string,
): Promise<boolean> {
  const key = await importKey(token_hex, "verify");
  const proof = fromHex(proof_hex);
  if (key === undefined || proof === undefined) return false;
  return await crypto.subtle.verify(HMAC, key, proof, message(nonce_hex, cell, incarnation));
}

async function importKey(token_hex: string, use: "sign" | "verify"): Promise<CryptoKey | undefined> {
  const token = fromHex(token_hex);
  if (token === undefined || token.length === 0) return undefined;
  return await crypto.subtle.importKey("raw", token, HMAC, false, [use]);
}

/** As JSON, so that no two triples make the same text. */
function message(nonce_hex: string, cell: string, incarnation: string): Uint8Array<ArrayBuffer> {
  return utf8.encode(JSON.stringify(["attach", nonce_hex, cell, incarnation]));
}
