/** The broker's promise against whatever may happen, in whatever order: each call ends in exactly one outcome, and no count drifts. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { fault } from "../../kernel/contract/fault.ts";
import type { ApiName } from "../../kernel/contract/names.ts";
import { BrokerKit, bytes, type Module } from "./scripted_broker.ts";

const APIS = ["a", "b", "c"] as const;
const event = fc.record({
  what: fc.constantFrom(...[
    ...["call", "call", "call", "call piece", "reply", "reply", "reply begins", "reply piece", "lie", "cancel", "ack"],
    ...["time", "reload", "unseat", "die", "hold", "down", "relink", "again", "full"],
  ]),
  who: fc.nat(2),
  whom: fc.nat(2),
  n: fc.nat(30),
  more: fc.boolean(),
});

Deno.test("every call ends in exactly one outcome, whatever happens around it, and in_flight is what is in flight", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 120 }), (events) => {
      const kit = new BrokerKit();
      const limits = { call_timeout_ms: 500, calls_in_flight: 8 };
      const up = (api: string) => kit.seat(api, { services: [...APIS], limits });
      const modules: Module[] = APIS.map(up);
      const all = [...modules];
      const numbers = new Map<Module, number>();
      const ended = new Set<Module>();
      for (const { what, who, whom, n, more } of events) {
        const [from, to] = [modules[who]!, modules[whom]!];
        const calls = to.port.all("call");
        const target = calls[n % Math.max(1, calls.length)];
        switch (what) {
          case "call": {
            const id = (numbers.get(from) ?? 0) + 1;
            numbers.set(from, id);
            const parent = from.port.all("call").at(-1)?.id;
            from.calls(id, APIS[whom]!, { ...(more && { more }), ...(n % 2 && parent !== undefined && { parent }) });
            break;
          }
          case "again":
            from.calls(1 + n % (numbers.get(from) ?? 1), APIS[whom]!, { again: true, ...(more && { more }) });
            break;
          case "call piece":
            from.piece("call", 1 + n, more);
            break;
          case "reply":
          case "reply begins":
            if (target) to.replies(target.id, { ok: n % 3 > 0, ...(what === "reply begins" && { more: true }) });
            break;
          case "reply piece":
            if (target) to.piece("reply", target.id, more);
            break;
          case "lie":
            from.replies(n);
            from.piece("reply", n, more);
            break;
          case "cancel":
            kit.broker.onCancel(from.port, 1 + n);
            break;
          case "ack":
            kit.broker.onAck(from.port, [[0, n]]);
            break;
          case "time":
            kit.clock.advance(n * 20);
            break;
          case "reload":
            all.push(modules[who] = up(APIS[who]!));
            break;
          case "unseat":
            kit.broker.unseat(all[n % all.length]!.seat.instance, fault("moved", "replaced"));
            break;
          case "die": {
            ended.add(from);
            kit.broker.forgetCell(from.cell, fault("module_killed", "it died"));
            all.push(modules[who] = up(APIS[who]!));
            break;
          }
          case "hold":
            kit.hold(APIS[whom]!, limits);
            break;
          case "down":
            kit.down(APIS[whom]!, more);
            break;
          case "relink":
            kit.broker.reported(from.cell, more ? from.port.all("call").map(({ key }) => key) : []);
            break;
          case "full":
            to.port.refuses = more
              ? (message) => message.t === "call" || ("more" in message && message.more === true)
              : () => false;
        }
        for (const { seat } of all) assert.ok(seat.in_flight >= 0 && seat.in_flight <= limits.calls_in_flight + 1 + 30);
      }
      kit.clock.advance(10_000);
      assert.equal(kit.broker.in_flight, 0);
      for (const module of all) {
        assert.equal(module.seat.in_flight, 0, `${module.cell} drifted`);
        if (ended.has(module)) continue; // nobody is left to be answered
        for (let id = 1; id <= (numbers.get(module) ?? 0); id++) {
          assert.ok(module.port.outcomesOf(id) >= 1, `call ${id} of ${module.cell} has no outcome`);
        }
      }
      for (const api of APIS) kit.broker.route(api as ApiName, undefined);
    }),
    { numRuns: 400 },
  );
});

Deno.test("without links that break, a call has never more than one outcome", () => {
  const calm = event.filter(({ what }) => !["relink", "again"].includes(what));
  fc.assert(
    fc.property(fc.array(calm, { maxLength: 80 }), (events) => {
      const kit = new BrokerKit();
      const [ui, notes] = [
        kit.seat("ui", { services: ["notes"] }),
        kit.seat("notes", { limits: { call_timeout_ms: 300 } }),
      ];
      let id = 0;
      for (const { what, n, more } of events) {
        const target = notes.port.all("call")[n]?.id ?? n;
        if (what === "call") ui.calls(++id, "notes", more ? { more } : {}, bytes("x"));
        if (what === "call piece") ui.piece("call", 1 + n, more);
        if (what === "reply") notes.replies(target, { ok: more });
        if (what === "reply begins") notes.replies(target, { more: true });
        if (what === "reply piece") notes.piece("reply", target, more);
        if (what === "cancel") kit.broker.onCancel(ui.port, 1 + n);
        if (what === "time") kit.clock.advance(n * 10);
      }
      kit.clock.advance(10_000);
      for (let one = 1; one <= id; one++) {
        const whole = ui.port.all("reply").filter((reply) => reply.id === one && !reply.more).length;
        const begun = ui.port.all("reply").filter((reply) => reply.id === one && reply.more).length;
        assert.ok(whole <= 1 && begun <= 1 && whole + begun >= 1, `call ${one}: ${begun} begun, ${whole} whole`);
        // What was begun at the caller is ended there.
        const ends = ui.port.all("piece").filter((piece) => piece.id === one && !piece.more).length;
        assert.equal(ends, begun);
      }
      for (const call of notes.port.all("call").filter(({ more }) => more)) {
        assert.equal(notes.port.all("piece").filter((piece) => piece.id === call.id && !piece.more).length, 1);
      }
      assert.deepEqual([kit.broker.in_flight, notes.seat.in_flight], [0, 0]);
    }),
    { numRuns: 400 },
  );
});
