import assert from "node:assert/strict";
import { fromHex, toHex } from "../../kernel/primitives/hex.ts";

Deno.test("fromHex gives back what toHex wrote", () => {
  const bytes = new Uint8Array(256).map((_, i) => i);
  assert.equal(toHex(Uint8Array.of(0, 10, 255)), "000aff");
  assert.deepEqual(fromHex(toHex(bytes)), bytes);
  assert.deepEqual(fromHex(""), new Uint8Array(0));
});

Deno.test("fromHex refuses what toHex does not write", () => {
  for (const text of ["0", "0g", "0A", " 00", "00\n", "0x00", null, undefined, 5, ["00"]]) {
    assert.equal(fromHex(text), undefined);
  }
});
