/** The broker's count of what was lent and streamed, against words in any order from either end: nothing is left of it when all is over. What becomes of plain calls is in tests/broker/promise_test.ts. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { fault } from "../../kernel/contract/fault.ts";
import { WIRE } from "../../kernel/contract/limits.ts";
import type { StreamWord } from "../../kernel/contract/wire.ts";
import { BrokerKit, type Module } from "../broker/scripted_broker.ts";
import { propertySettings } from "./settings.ts";

const APIS = ["a", "b", "c"] as const;
const OPEN = 6;
const amount = fc.oneof(
  fc.nat(4),
  fc.constantFrom(WIRE.items_ahead, WIRE.items_ahead + 1, WIRE.items_ahead_bytes, 2 ** 53 - 1),
);
const event = fc.record({
  what: fc.constantFrom(...[
    ...["call", "call", "call", "lent", "reply", "reply", "reply", "word", "word", "word", "word", "word", "word"],
    ...["cancel", "time", "reload", "die", "relink", "revoke"],
  ]),
  who: fc.nat(2),
  whom: fc.nat(2),
  n: fc.nat(20),
  streams: fc.nat(4),
  t: fc.constantFrom("items" as const, "end" as const, "pull" as const, "stop" as const),
  amount,
});

function wordOf(t: StreamWord["t"], at: "caller" | "callee", id: number, no: number, amount: number): StreamWord {
  switch (t) {
    case "items":
      return { t, at, id, no, count: Math.max(1, amount) };
    case "pull":
      return { t, at, id, no, upto: amount, bytes: amount };
    default:
      return { t, at, id, no };
  }
}

Deno.test("streams and lent functions leave nothing behind, whatever either end says of them, and stay within their bounds", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 100 }), (events) => {
      const kit = new BrokerKit();
      const up = (api: string) =>
        kit.seat(api, {
          services: [...APIS],
          limits: { call_timeout_ms: 500, calls_in_flight: 16, open_streams: OPEN },
        });
      const modules: Module[] = APIS.map(up);
      const all = [...modules];
      const numbers = new Map<Module, number>();
      for (const { what, who, whom, n, streams, t, amount } of events) {
        const [from, to] = [modules[who]!, modules[whom]!];
        const calls = to.port.all("call");
        const served = calls[n % Math.max(1, calls.length)];
        const next = () => {
          numbers.set(from, (numbers.get(from) ?? 0) + 1);
          return numbers.get(from)!;
        };
        switch (what) {
          case "call":
            from.calls(next(), APIS[whom]!, {
              lends: { streams, functions: n % 3, ...(n % 2 && { kept: [`k${n}`] }) },
            });
            break;
          case "lent":
            if (served) to.calls(1_000 + n, "", { kind: "lent", name: String(n % 3), parent: served.id });
            break;
          case "reply":
            if (served) to.replies(served.id, { ok: n % 5 > 0, ...(streams > 0 && { streams }) });
            break;
          case "word":
            if (n % 2) from.says(wordOf(t, "caller", 1 + n % 10, streams, amount), "i".repeat(n));
            else to.says(wordOf(t, "callee", served?.id ?? n, streams, amount), "i".repeat(n));
            break;
          case "cancel":
            kit.broker.onCancel(from.port, 1 + n % 10);
            break;
          case "time":
            kit.clock.advance(n * 30);
            break;
          case "reload":
            all.push(modules[who] = up(APIS[who]!));
            break;
          case "die":
            kit.broker.forgetCell(from.cell, fault("module_killed", "it died"));
            all.push(modules[who] = up(APIS[who]!));
            break;
          case "relink":
            kit.broker.reported(from.cell, n % 2 ? from.port.all("call").map(({ key }) => key) : []);
            break;
          case "revoke":
            kit.broker.onRevoke(from.port, from.seat.instance, `k${n}`);
        }
        for (const { seat } of all) {
          assert.ok(seat.open_streams >= 0 && seat.open_streams <= OPEN, `${seat.open_streams} open`);
        }
      }
      assertNobodyGotMore(all);
      kit.clock.advance(10_000);
      for (const { cell } of all) kit.broker.forgetCell(cell, fault("module_killed", "the host stops"));
      assert.equal(kit.broker.in_flight, 0);
      for (const { seat, cell } of all) {
        assert.deepEqual([seat.in_flight, seat.open_streams], [0, 0], `${cell} drifted`);
      }
    }),
    propertySettings(600),
  );
});

/** Of no stream more came to its reader than anybody can have asked for. */
function assertNobodyGotMore(all: readonly Module[]): void {
  for (const { port } of all) {
    const taken = new Map<string, number>();
    for (const { at, id, no, count } of port.all("items")) {
      const key = `${at} ${id} ${no}`;
      taken.set(key, (taken.get(key) ?? 0) + count);
    }
    for (const [key, count] of taken) assert.ok(count <= WIRE.items_ahead * 2, `${key} of ${port.cell} got ${count}`);
  }
}
