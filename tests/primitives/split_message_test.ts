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
  assert.ok(pieces.every((piece) => piece.payload.buffer === payload.buffer));
});

Deno.test("splitMessage passes an empty payload", () => {
  assert.deepEqual([...splitMessage(CALL, new Uint8Array(0), PIECE)], [{ header: CALL, payload: new Uint8Array(0) }]);
});
