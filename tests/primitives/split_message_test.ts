import assert from "node:assert/strict";
import { WIRE } from "../../kernel/contract/limits.ts";
import { splitMessage } from "../../kernel/primitives/split_message.ts";

interface Header {
  readonly t: string;
  readonly id: number;
  readonly more?: true;
}

const CALL: Header = { t: "call", id: 5 };
const PIECE: Header = { t: "piece", id: 5 };

Deno.test("splitMessage passes a payload of chunk_bytes whole and cuts one byte more", () => {
  const whole = [...splitMessage(CALL, new Uint8Array(WIRE.chunk_bytes), PIECE)];
  assert.deepEqual(whole.map(({ header, payload }) => [header, payload.length]), [[CALL, WIRE.chunk_bytes]]);
  const cut = [...splitMessage(CALL, new Uint8Array(WIRE.chunk_bytes + 1), PIECE)];
  assert.deepEqual(cut.map(({ header, payload }) => [header, payload.length]), [
    [{ ...CALL, more: true }, WIRE.chunk_bytes],
    [PIECE, 1],
  ]);
});

Deno.test("splitMessage says more on every piece but the last, and copies nothing", () => {
  const payload = new Uint8Array(4 * WIRE.chunk_bytes);
  const pieces = [...splitMessage(CALL, payload, PIECE)];
  assert.deepEqual(pieces.map(({ header }) => header.t), ["call", "piece", "piece", "piece"]);
  assert.deepEqual(pieces.map(({ header }) => header.more), [true, true, true, undefined]);
  assert.ok(pieces.every((piece) => typeof piece.payload !== "string" && piece.payload.buffer === payload.buffer));
});

Deno.test("splitMessage passes an empty payload", () => {
  assert.deepEqual([...splitMessage(CALL, new Uint8Array(0), PIECE)], [{ header: CALL, payload: new Uint8Array(0) }]);
  assert.deepEqual([...splitMessage(CALL, "", PIECE)], [{ header: CALL, payload: "" }]);
});

Deno.test("splitMessage passes a text of chunk_bytes units whole and cuts one unit more", () => {
  const units = (length: number) =>
    [...splitMessage(CALL, "ü".repeat(length), PIECE)].map(({ payload }) => payload.length);
  assert.deepEqual(units(WIRE.chunk_bytes), [WIRE.chunk_bytes]);
  assert.deepEqual(units(WIRE.chunk_bytes + 1), [WIRE.chunk_bytes, 1]);
});

Deno.test("splitMessage never cuts within a character", () => {
  for (const before of ["", "x", "xx", "xxx"]) {
    const text = before + "😀".repeat(WIRE.chunk_bytes);
    const pieces = [...splitMessage(CALL, text, PIECE)].map(({ payload }) => payload as string);
    assert.equal(pieces.join(""), text);
    assert.ok(pieces.every((piece) => piece.isWellFormed() && piece.length <= WIRE.chunk_bytes));
    assert.ok(pieces.length <= 3);
  }
});
