/** What a tracer is told: of every admitted call once that it began, once that it ended, and before that with what. */
import assert from "node:assert/strict";
import { fault } from "../../kernel/contract/fault.ts";
import type { CallTracer, TracedCall } from "../../kernel/contract/powers.ts";
import { BrokerKit } from "./scripted_broker.ts";

/** Writes down what it is told, and gives each call a context of its own. */
function recorder() {
  const told: string[] = [];
  const number = new Map<TracedCall, number>();
  const tracer: CallTracer = {
    began(call) {
      number.set(call, number.size + 1);
      const parent = call.parent === undefined ? "" : ` in ${number.get(call.parent)}`;
      told.push(`${number.size} ${call.api}.${call.name} by ${call.caller.api}${parent}`);
      return `trace ${number.size}`;
    },
    answered: (call, code) => void told.push(`${number.get(call)} ${code ?? "ok"}`),
    ended: (call) => void told.push(`${number.get(call)} ended`),
  };
  return { tracer, told };
}
function open() {
  const { tracer, told } = recorder();
  const kit = new BrokerKit({ tracer });
  const [ui, notes, database] = [
    kit.seat("ui", { services: ["notes"] }),
    kit.seat("notes", { services: ["database"] }),
    kit.seat("database", { limits: { call_timeout_ms: 1_000 } }),
  ];
  return { kit, ui, notes, database, told };
}

Deno.test("a tracer hears of a tree of calls from caller to callee, and what each callee sees is its context", () => {
  const { ui, notes, database, told } = open();
  ui.calls(1, "notes");
  assert.equal(notes.asked().trace, "trace 1");
  notes.calls(1, "database", { parent: notes.asked().id });
  assert.equal(database.asked().trace, "trace 2");
  database.replies(database.asked().id);
  notes.replies(notes.asked().id, { ok: false, code: "conflict" });
  assert.deepEqual(told, [
    "1 notes.do by ui",
    "2 database.do by notes in 1",
    "2 ok",
    "2 ended",
    "1 conflict",
    "1 ended",
  ]);
});

Deno.test("a tracer hears of calls that time out, are given up, lose their callee, or break off in the middle of an answer", () => {
  const { kit, ui, notes, database, told } = open();
  notes.calls(1, "database");
  kit.clock.advance(1_001);
  ui.calls(1, "notes");
  kit.broker.onCancel(ui.port, 1);
  ui.calls(2, "notes");
  notes.replies(notes.asked().id, { more: true });
  kit.broker.unseat(notes.seat.instance, fault("module_killed", "its process ended"));
  assert.deepEqual(told.filter((line) => !line.includes(" by ")), [
    ...["1 timeout", "1 ended", "2 cancelled", "2 ended", "3 ok", "3 module_killed", "3 ended"],
  ]);
  assert.equal(database.seat.in_flight, 0);
});

Deno.test("a tracer hears the operator's calls too, and nothing of calls that were refused", () => {
  const { kit, ui, notes, told } = open();
  ui.calls(1, "database");
  kit.broker.callAsOperator({ api: "nobody", aspect: "default", name: "do", payload: new Uint8Array() });
  assert.deepEqual(told, []);
  kit.broker.callAsOperator({ api: "notes", aspect: "default", name: "do", payload: new Uint8Array() });
  notes.replies(notes.asked().id);
  assert.deepEqual(told, ["1 notes.do by @operator", "1 ok", "1 ended"]);
});

Deno.test("a call that is told again ends for the tracer, and begins anew", () => {
  const { ui, told } = open();
  ui.calls(1, "notes", { more: true });
  ui.calls(1, "notes", { again: true });
  assert.deepEqual(told, ["1 notes.do by ui", "1 ended", "2 notes.do by ui"]);
});
