import assert from "node:assert/strict";
import { WIRE } from "../../kernel/contract/limits.ts";
import type { CellMessage } from "../../kernel/contract/wire.ts";
import { FrameReader } from "../../kernel/primitives/frame_codec.ts";
import { LinkOutbox } from "../../kernel/primitives/link_outbox.ts";
import { parseCellMessage } from "../../kernel/primitives/parse_cell_message.ts";
import { writeCellHeader } from "../../kernel/primitives/short_headers.ts";
import { SendWindow } from "../../kernel/primitives/window.ts";

const reply = (id: number): CellMessage => ({ t: "reply", id, ok: true });

/** All that may be said now, as `t id bytes`. */
function said(outbox: LinkOutbox<CellMessage>): string[] {
  const reader = new FrameReader({ proven: true });
  const words: string[] = [];
  for (let bytes = outbox.take(); bytes !== undefined; bytes = outbox.take()) {
    const { messages, violation } = reader.feed(bytes);
    assert.equal(violation, undefined);
    for (const { header, payload } of messages) {
      const { t, id, more } = parseCellMessage(header) as { t: string; id?: number; more?: true };
      words.push(`${t} ${id ?? ""} ${payload.length}${more ? "+" : ""}`);
    }
  }
  return words;
}

Deno.test("LinkOutbox lets small messages pass between the pieces of a large one", () => {
  const outbox = new LinkOutbox<CellMessage>(writeCellHeader);
  outbox.push(reply(1), new Uint8Array(2 * WIRE.chunk_bytes + 5));
  outbox.push(reply(2), new Uint8Array(3));
  outbox.push(reply(3), new Uint8Array(WIRE.chunk_bytes + 1));
  assert.deepEqual(said(outbox), [
    `reply 1 ${WIRE.chunk_bytes}+`,
    "reply 2 3",
    `reply 3 ${WIRE.chunk_bytes}+`,
    `piece 1 ${WIRE.chunk_bytes}+`,
    "piece 3 1",
    "piece 1 5",
  ]);
  assert.equal(outbox.queued_bytes, 0);
});

Deno.test("LinkOutbox sends a payload of chunk_bytes whole and splits one byte more", () => {
  const outbox = new LinkOutbox<CellMessage>(writeCellHeader);
  outbox.push(reply(1), new Uint8Array(WIRE.chunk_bytes));
  outbox.push(reply(2), new Uint8Array(WIRE.chunk_bytes + 1));
  assert.deepEqual(said(outbox), [`reply 1 ${WIRE.chunk_bytes}`, `reply 2 ${WIRE.chunk_bytes}+`, "piece 2 1"]);
});

Deno.test("LinkOutbox cuts only what a receiver puts together again", () => {
  const outbox = new LinkOutbox<CellMessage>(writeCellHeader);
  const payload = new Uint8Array(WIRE.chunk_bytes + 1);
  outbox.push({ t: "items", at: "callee", id: 1, no: 0, count: 1 }, payload);
  outbox.push({ t: "state", id: 2, ok: true }, payload);
  assert.deepEqual(said(outbox), [`items 1 ${payload.length}`, `state 2 ${WIRE.chunk_bytes}+`, "piece 2 1"]);
});

Deno.test("LinkOutbox holds what its window does not admit, in order, until there is credit; free messages pass", () => {
  const outbox = new LinkOutbox<CellMessage>(writeCellHeader, new SendWindow({ bytes: 1_000, messages: 2 }));
  for (const id of [1, 2, 3, 4]) outbox.push(reply(id), new Uint8Array(10));
  assert.deepEqual(said(outbox), ["reply 1 10", "reply 2 10"]);
  assert.equal(outbox.queued_bytes, 2 * 74);
  outbox.push({ t: "ack", ids: [[1, 1]] });
  assert.deepEqual(said(outbox), ["ack  0"]);
  outbox.credit({ bytes: 74, messages: 1 });
  assert.deepEqual(said(outbox), ["reply 3 10"]);
  outbox.credit({ bytes: 148, messages: 2 });
  assert.deepEqual(said(outbox), ["reply 4 10"]);
});

Deno.test("LinkOutbox sends a message of 20 MB through a window of 4 MB, as credit comes", () => {
  const outbox = new LinkOutbox<CellMessage>(writeCellHeader);
  outbox.push(reply(1), new Uint8Array(20 * 1_048_576));
  let pieces = 0;
  for (let turns = 0; outbox.queued_bytes > 0 && turns < 100; turns++) {
    const now = said(outbox);
    assert.ok(now.length > 0);
    pieces += now.length;
    outbox.credit({ bytes: now.length * (WIRE.chunk_bytes + 64), messages: now.length });
  }
  assert.equal(pieces, 320);
});

Deno.test("LinkOutbox copies what has to wait for credit, so that it keeps no frame alive", () => {
  const outbox = new LinkOutbox<CellMessage>(writeCellHeader, new SendWindow({ bytes: 10_000, messages: 1 }));
  const frame = new Uint8Array(65_536);
  const span = () => frame.subarray(0, 1);
  frame[0] = 1;
  outbox.push(reply(1), span());
  outbox.push(reply(2), span()); // before it is known that there is no credit
  outbox.take();
  outbox.push(reply(3), span()); // while it is known
  frame[0] = 2; // what is copied does not see this
  outbox.credit({ bytes: 65, messages: 1 });
  const sent = [outbox.take()!.at(-1)];
  outbox.credit({ bytes: 65, messages: 1 });
  sent.push(outbox.take()!.at(-1));
  assert.deepEqual(sent, [1, 1]);
});

Deno.test("LinkOutbox does not copy what may be said at once", () => {
  const outbox = new LinkOutbox<CellMessage>(writeCellHeader);
  const frame = Uint8Array.of(1, 2);
  outbox.push(reply(1), frame.subarray(0, 1));
  frame[0] = 9;
  assert.equal(outbox.take()!.at(-1), 9);
});
