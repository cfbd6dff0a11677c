import assert from "node:assert/strict";
import { ACK_AT, ACK_MS, LateAcks } from "../../kernel/broker/late_acks.ts";
import { WIRE } from "../../kernel/contract/limits.ts";
import type { CellId } from "../../kernel/contract/names.ts";
import { writeKernelHeader } from "../../kernel/primitives/short_headers.ts";
import { FakeClock } from "../primitives/fake_clock.ts";
import { ScriptedPort } from "./scripted_broker.ts";

function open() {
  const clock = new FakeClock();
  const ports = new Map(["b~1", "c~1"].map((cell) => [cell, new ScriptedPort(cell)]));
  const acks = new LateAcks(clock, (cell) => ports.get(cell));
  return { clock, acks, b: ports.get("b~1")!, c: ports.get("c~1")!, ports };
}
const B = "b~1" as CellId, C = "c~1" as CellId;

Deno.test("LateAcks says what it has after ACK_MS, one word for each callee and caller, and nothing twice", () => {
  const { clock, acks, b, c } = open();
  acks.add(B, "a~1", 3);
  clock.advance(ACK_MS - 1);
  for (const id of [1, 2, 9]) acks.add(B, "a~1", id);
  acks.add(B, "d~1", 7);
  acks.add(C, "a~1", 5);
  assert.deepEqual([b.sent, c.sent], [[], []]);
  clock.advance(1);
  assert.deepEqual(b.all("ack"), [
    { t: "ack", of: "a~1", ids: [[1, 3], [9, 9]] },
    { t: "ack", of: "d~1", ids: [[7, 7]] },
  ]);
  assert.deepEqual(c.all("ack"), [{ t: "ack", of: "a~1", ids: [[5, 5]] }]);
  clock.advance(10 * ACK_MS);
  assert.deepEqual([b.sent.length, c.sent.length, clock.pending], [2, 1, 0]);
});

Deno.test("LateAcks says at once when there are ACK_AT, not one before", () => {
  const { acks, b } = open();
  for (let id = 1; id < ACK_AT; id++) acks.add(B, "a~1", id);
  assert.deepEqual(b.sent, []);
  acks.add(B, "a~1", ACK_AT);
  assert.deepEqual(b.all("ack"), [{ t: "ack", of: "a~1", ids: [[1, ACK_AT]] }]);
});

Deno.test("LateAcks says no header that is larger than the wire allows, however scattered the numbers are", () => {
  const { acks, b } = open();
  const ids = Array.from({ length: ACK_AT }, (_, n) => Number.MAX_SAFE_INTEGER - 2 * n);
  for (const id of ids) acks.add(B, `${"x".repeat(60)}~9!${"y".repeat(64)}`, id);
  assert.ok(b.all("ack").length > 1);
  assert.ok(b.all("ack").every((ack) => writeKernelHeader(ack).length <= WIRE.header_bytes));
  assert.deepEqual(b.all("ack").flatMap((ack) => ack.ids.map(([id]) => id)).sort(), ids.sort());
});

Deno.test("LateAcks forgets what was for a cell that has ended, and minds none that is not there", () => {
  const { clock, acks, b, c, ports } = open();
  acks.add(B, "a~1", 1);
  acks.add(C, "a~1", 2);
  acks.forget(B);
  ports.delete("c~1");
  clock.advance(ACK_MS);
  assert.deepEqual([b.sent, c.sent], [[], []]);
});

Deno.test("LateAcks leaves no timer behind once disposed", () => {
  const { clock, acks, b } = open();
  acks.add(B, "a~1", 1);
  acks.dispose();
  assert.equal(clock.pending, 0);
  clock.advance(ACK_MS);
  assert.deepEqual(b.sent, []);
});
