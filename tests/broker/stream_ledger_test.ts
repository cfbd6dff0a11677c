import assert from "node:assert/strict";
import type { LimitHit } from "../../kernel/contract/events.ts";
import { refuseStreams, StreamLedger } from "../../kernel/broker/stream_ledger.ts";
import { BrokerKit } from "./scripted_broker.ts";

Deno.test("refuseStreams lets the last allowed stream pass and refuses the next", () => {
  const { seat } = new BrokerKit().seat("notes", { limits: { open_streams: 3 } });
  const hits: unknown[] = [];
  const hit = (api: string, { limit, found, allowed }: LimitHit) => void hits.push([api, limit, found, allowed]);
  assert.equal(refuseStreams(seat, 3, hit), undefined);
  assert.deepEqual(hits, []);
  assert.equal(refuseStreams(seat, 4, hit)?.code, "quota");
  assert.equal(hits.length, 1);
  seat.open_streams = 2;
  assert.equal(refuseStreams(seat, 1, hit), undefined);
  assert.equal(
    refuseStreams(seat, 2, hit)?.message,
    "'notes' has 2 streams open and 2 more would begin; limits.open_streams allows 3",
  );
  assert.equal(refuseStreams(undefined, 1_000, hit), undefined, "the operator's own");
});

Deno.test("StreamLedger counts its streams with both seats until each is at its end, once", () => {
  const kit = new BrokerKit();
  const [{ seat: ui }, { seat: notes }] = [kit.seat("ui"), kit.seat("notes")];
  const ledger = new StreamLedger(3, [ui, undefined, notes]);
  assert.deepEqual([ui.open_streams, notes.open_streams, ledger.size], [3, 3, 3]);
  assert.deepEqual([ledger.has(0), ledger.has(2), ledger.has(3), ledger.has(-1)], [true, true, false, false]);
  assert.deepEqual([ledger.end(1), ledger.end(1), ledger.end(3)], [true, false, false]);
  assert.deepEqual([ui.open_streams, notes.open_streams, ledger.size, ledger.has(1)], [2, 2, 2, false]);
  ledger.endAll();
  ledger.endAll();
  assert.deepEqual([ui.open_streams, notes.open_streams, ledger.size], [0, 0, 0]);
});

Deno.test("StreamLedger counts the streams of a module that calls itself once: it has as many open as it was asked for", () => {
  const { seat } = new BrokerKit().seat("notes");
  const ledger = new StreamLedger(2, [seat, seat]);
  assert.equal(seat.open_streams, 2);
  ledger.endAll();
  assert.equal(seat.open_streams, 0);
});
