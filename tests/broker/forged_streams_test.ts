/** Words of a stream that no honest shell says: they fill nobody's memory, and end the call that they are about. */
import assert from "node:assert/strict";
import { WIRE } from "../../kernel/contract/limits.ts";
import type { StreamWord } from "../../kernel/contract/wire.ts";
import { BrokerKit, type Module } from "./scripted_broker.ts";

const { items_ahead, items_ahead_bytes, item_bytes } = WIRE;

/** A stream each way; `producer` and `reader` are the ends, and say words without knowing their numbers. */
function streams() {
  const told = (way: "answer" | "argument") => {
    const kit = new BrokerKit();
    const [ui, notes] = [kit.seat("ui", { services: ["notes"] }), kit.seat("notes")];
    ui.calls(1, "notes", way === "argument" ? { lends: { streams: 1 } } : {});
    const { id } = notes.asked();
    if (way === "answer") notes.replies(id, { streams: 1 });
    const caller = end(ui, { at: "caller", id: 1, no: 0 });
    const callee = end(notes, { at: "callee", id, no: 0 });
    const [reader, producer] = way === "answer" ? [caller, callee] : [callee, caller];
    return { kit, ui, notes, id, reader, producer };
  };
  return [told("answer"), told("argument")];
}
function end(module: Module, number: Pick<StreamWord, "at" | "id" | "no">) {
  return {
    module,
    pulls: (upto: number, bytes: number) => module.says({ t: "pull", ...number, upto, bytes }),
    tells: (count: number, length = 1) => module.says({ t: "items", ...number, count }, "x".repeat(length)),
    says: (t: "end" | "stop") => module.says({ t, ...number }),
  };
}

Deno.test("a producer tells as much as was asked for, and an item beyond the bytes; with more its call is over", () => {
  for (const beyond of [[1, 1], [0, 2]] as const) {
    for (const { kit, ui, notes, id, reader, producer } of streams()) {
      reader.pulls(10, 1_000);
      producer.tells(9, 999);
      producer.tells(1, 1 + item_bytes);
      assert.equal(reader.module.port.all("items").length, 2);
      assert.equal(kit.broker.in_flight, 1);
      if (beyond[0] === 1) producer.tells(1);
      else {
        reader.pulls(12, 1_000);
        producer.tells(1, 1);
      }
      assert.equal(reader.module.port.all("items").length, 2);
      assert.deepEqual([ui.port.faultOf(1).code, notes.port.last("cancel").id], ["rate_limited", id]);
      assert.match(ui.port.faultOf(1).message, new RegExp(`^'${producer.module.seat.api}' told more of a stream than`));
      assert.deepEqual([kit.broker.in_flight, ui.seat.open_streams, notes.seat.open_streams], [0, 0, 0]);
    }
  }
});

Deno.test("items that nobody has asked for end their call", () => {
  for (const { kit, reader, producer } of streams()) {
    producer.tells(1);
    assert.deepEqual([reader.module.port.all("items").length, kit.broker.in_flight], [0, 0]);
  }
});

Deno.test("a reader asks for no more than a window beyond what it was told", () => {
  for (const [items, bytes] of [[1, 0], [0, 1]] as const) {
    for (const { kit, ui, reader, producer } of streams()) {
      reader.pulls(items_ahead, items_ahead_bytes);
      producer.tells(7, 100);
      reader.pulls(items_ahead + 7, items_ahead_bytes + 100);
      assert.equal(producer.module.port.all("pull").length, 2);
      reader.pulls(items_ahead + 7 + items, items_ahead_bytes + 100 + bytes);
      assert.equal(producer.module.port.all("pull").length, 2);
      assert.match(ui.port.faultOf(1).message, new RegExp(`^'${reader.module.seat.api}' asked for more of a stream`));
      assert.equal(kit.broker.in_flight, 0);
    }
  }
});

Deno.test("what says nothing new is passed on once: pulls, ends, stops, items behind the end", () => {
  for (const { reader, producer } of streams()) {
    for (let i = 0; i < 3; i++) reader.pulls(5, 5);
    for (let i = 0; i < 3; i++) producer.says("end");
    producer.tells(1);
    reader.pulls(6, 6);
    for (let i = 0; i < 3; i++) reader.says("stop");
    const heard = (t: "pull" | "stop" | "end" | "items", { module }: typeof reader) => module.port.all(t).length;
    assert.deepEqual([heard("pull", producer), heard("end", reader), heard("items", reader)], [1, 1, 0]);
    assert.ok(heard("stop", producer) <= 1);
  }
});
