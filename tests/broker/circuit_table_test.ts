import assert from "node:assert/strict";
import type { HostEvent } from "../../kernel/contract/events.ts";
import {
  BLAME_MS,
  CircuitTable,
  type EdgeOutcome,
  FIRST_OPEN_MS,
  MOST_OPEN_MS,
  OPEN_AFTER,
} from "../../kernel/broker/circuit_table.ts";
import { BrokerKit, type Module } from "./scripted_broker.ts";

function table() {
  let now = 0;
  const events: HostEvent[] = [];
  const circuits = new CircuitTable({ monotonic: () => now }, (event) => events.push(event));
  const fail = (times = 1, code: EdgeOutcome = "timeout") => {
    for (let i = 0; i < times; i++) circuits.ended("notes", "database", code, "1.1");
  };
  return { circuits, events, fail, pass: (ms: number) => now += ms };
}

Deno.test("an edge opens after OPEN_AFTER faults in a row, not one before", () => {
  const { circuits, events, fail } = table();
  fail(OPEN_AFTER - 1);
  assert.equal(circuits.refuse("notes", "database"), undefined);
  fail();
  const refused = circuits.refuse("notes", "database");
  assert.equal(refused?.code, "circuit_open");
  assert.equal(refused.retriable, true);
  assert.match(
    refused.message,
    /'notes' is cut off from 'database': calls failed in a row; it is tried again in 1000 ms/,
  );
  assert.deepEqual(events.map(({ kind, api }) => [kind, api]), [["circuit.open", "database"]]);
});

Deno.test("an edge is the caller's own: others are let through", () => {
  const { circuits, fail } = table();
  fail(OPEN_AFTER);
  assert.equal(circuits.refuse("tasks/rl_trainer", "database"), undefined);
  assert.equal(circuits.refuse("notes", "filesystem"), undefined);
});

Deno.test("an answer of the service ends the row, also one that refuses", () => {
  const { circuits, fail } = table();
  fail(OPEN_AFTER - 1);
  circuits.ended("notes", "database", "answered", "1.1");
  fail(OPEN_AFTER - 1);
  assert.equal(circuits.refuse("notes", "database"), undefined);
});

Deno.test("errors that the service throws open nothing: they speak of the call", () => {
  const { circuits, fail } = table();
  fail(100, "answered");
  assert.equal(circuits.refuse("notes", "database"), undefined);
});

Deno.test("one death of the service counts once, however many calls it took with it", () => {
  const { circuits } = table();
  for (let i = 0; i < 100; i++) circuits.ended("notes", "database", "module_killed", "1.1");
  assert.equal(circuits.refuse("notes", "database"), undefined);
  for (let n = 2; n <= OPEN_AFTER; n++) circuits.ended("notes", "database", "module_killed", `1.${n}`);
  assert.equal(circuits.refuse("notes", "database")?.code, "circuit_open");
});

Deno.test("after its time one call tries: it alone is let through, and closes the edge when it goes well", () => {
  const { circuits, events, fail, pass } = table();
  fail(OPEN_AFTER);
  pass(FIRST_OPEN_MS - 1);
  assert.equal(circuits.refuse("notes", "database")?.code, "circuit_open");
  pass(1);
  assert.equal(circuits.refuse("notes", "database"), undefined);
  assert.match(circuits.refuse("notes", "database")!.message, /one call is trying it now/);
  circuits.ended("notes", "database", "answered", "1.1");
  assert.equal(circuits.refuse("notes", "database"), undefined);
  assert.equal(events.at(-1)?.kind, "circuit.closed");
});

Deno.test("a try that fails opens the edge for twice as long, at most MOST_OPEN_MS", () => {
  const { circuits, fail, pass } = table();
  fail(OPEN_AFTER);
  for (let ms = FIRST_OPEN_MS; ms < 10 * MOST_OPEN_MS; ms *= 2) {
    const open = Math.min(ms, MOST_OPEN_MS);
    pass(open - 1);
    assert.equal(circuits.refuse("notes", "database")?.code, "circuit_open");
    pass(1);
    assert.equal(circuits.refuse("notes", "database"), undefined);
    fail();
  }
});

Deno.test("a try that its caller gives up leaves the next one to try", () => {
  const { circuits, fail, pass } = table();
  fail(OPEN_AFTER);
  pass(FIRST_OPEN_MS);
  assert.equal(circuits.refuse("notes", "database"), undefined);
  circuits.ended("notes", "database", "untried", "1.1");
  assert.equal(circuits.refuse("notes", "database"), undefined);
});

Deno.test("a caller whose calls hung the service twice is cut off, once it is not", () => {
  const { circuits } = table();
  circuits.blame("hostile", "database");
  assert.equal(circuits.refuse("hostile", "database"), undefined);
  circuits.blame("hostile", "database");
  assert.match(circuits.refuse("hostile", "database")!.message, /its calls ended 'database' 2 times/);
  assert.equal(circuits.refuse("notes", "database"), undefined);
});

Deno.test("deaths further apart than BLAME_MS count anew", () => {
  const { circuits, pass } = table();
  circuits.blame("hostile", "database");
  pass(BLAME_MS + 1);
  circuits.blame("hostile", "database");
  assert.equal(circuits.refuse("hostile", "database"), undefined);
});

Deno.test("an api that is gone takes its edges along", () => {
  const { circuits, fail } = table();
  fail(OPEN_AFTER);
  circuits.forget("database");
  assert.equal(circuits.refuse("notes", "database"), undefined);
});

Deno.test("Broker cuts an edge by what ended calls on it: time and deaths count, errors and refusals of the service don't", () => {
  const ends: Readonly<Record<string, (kit: BrokerKit, notes: Module, ui: Module) => void>> = {
    timeout: (kit) => kit.clock.advance(200),
    module_error: (_, notes) => notes.replies(notes.asked().id, { ok: false, code: "module_error" }),
    "timeout of its own": (_, notes) => notes.replies(notes.asked().id, { ok: false, code: "timeout" }),
    answer: (_, notes) => notes.replies(notes.asked().id),
    cancelled: (kit, _, ui) => kit.broker.onCancel(ui.port, 1),
  };
  for (const [end, happen] of Object.entries(ends)) {
    const kit = new BrokerKit();
    const [ui, notes] = [
      kit.seat("ui", { services: ["notes"] }),
      kit.seat("notes", { limits: { call_timeout_ms: 100 } }),
    ];
    for (let n = 0; n < 2 * OPEN_AFTER; n++) {
      ui.calls(1, "notes");
      if (notes.port.all("call").length > n) happen(kit, notes, ui);
    }
    const cut = kit.events.some(({ kind }) => kind === "circuit.open");
    assert.equal(cut, end === "timeout", end);
    if (cut) assert.equal(ui.port.faultOf(1).code, "circuit_open");
  }
});

Deno.test("timeouts of calls that their caller's caller left no time open no edge", () => {
  const kit = new BrokerKit();
  const database = kit.seat("database");
  const notes = kit.seat("notes", { services: ["database"] });
  const evil = kit.seat("evil", { services: ["notes"] });
  for (let id = 1; id <= 2 * OPEN_AFTER; id++) {
    evil.calls(id, "notes", { timeout: 1 });
    notes.calls(id, "database", { parent: notes.asked().id });
  }
  assert.equal(database.port.all("call").length, 2 * OPEN_AFTER);
  kit.clock.advance(50);
  assert.equal(notes.port.faultOf(1).code, "timeout");
  assert.deepEqual(kit.events, []);
  kit.seat("ui", { services: ["notes"] }).calls(1, "notes");
  notes.calls(99, "database", { parent: notes.asked().id });
  assert.equal(database.asked().key, `${notes.cell}#99`);
});

Deno.test("a call that had half of its time counts, also where its caller's caller cut it", () => {
  const kit = new BrokerKit();
  kit.seat("database", { limits: { call_timeout_ms: 1_000 } });
  const notes = kit.seat("notes", { services: ["database"] });
  const ui = kit.seat("ui", { services: ["notes"] });
  for (const [timeout, opened] of [[499, 0], [500, 1]] as const) {
    for (let id = 1; id <= OPEN_AFTER; id++) {
      ui.calls(timeout + id, "notes", { timeout });
      notes.calls(timeout + id, "database", { parent: notes.asked().id });
    }
    kit.clock.advance(timeout + 10);
    assert.equal(kit.events.filter(({ detail }) => detail?.["caller"] === "notes").length, opened);
    kit.clock.advance(40_000);
  }
});

Deno.test("a try that is told again and then refused leaves the next one to try", () => {
  const kit = new BrokerKit();
  const database = kit.seat("database", { limits: { call_timeout_ms: 1_000 } });
  const notes = kit.seat("notes", { services: ["database"] });
  for (let id = 1; id <= OPEN_AFTER; id++) notes.calls(id, "database");
  kit.clock.advance(1_010);
  kit.clock.advance(FIRST_OPEN_MS);
  notes.calls(10, "database", { more: true });
  notes.calls(11, "database");
  assert.equal(notes.port.faultOf(11).code, "circuit_open");
  notes.calls(10, "database", { again: true, more: true, timeout: 0 });
  assert.equal(notes.port.faultOf(10).code, "timeout");
  notes.calls(12, "database");
  assert.equal(database.asked().key, `${notes.cell}#12`);
});

Deno.test("an edge that is open stays so in the next kernel for as long as it had left, and lengthens from there", () => {
  const former = table();
  former.pass(70_000);
  former.fail(OPEN_AFTER);
  former.pass(FIRST_OPEN_MS - 300);
  const next = table();
  next.circuits.take(JSON.parse(JSON.stringify(former.circuits.told())));
  next.pass(299);
  assert.equal(next.circuits.refuse("notes", "database")?.code, "circuit_open");
  next.pass(1);
  assert.equal(next.circuits.refuse("notes", "database"), undefined);
  next.fail();
  next.pass(FIRST_OPEN_MS);
  assert.equal(next.circuits.refuse("notes", "database")?.code, "circuit_open", "the second time it is open longer");
});

Deno.test("an edge that is about to open needs one more fault in the next kernel too", () => {
  const former = table();
  former.fail(OPEN_AFTER - 1);
  const next = table();
  next.circuits.take(former.circuits.told());
  assert.equal(next.circuits.refuse("notes", "database"), undefined);
  next.fail();
  assert.equal(next.circuits.refuse("notes", "database")?.code, "circuit_open");
});
