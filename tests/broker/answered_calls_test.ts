import assert from "node:assert/strict";
import { AnsweredCalls, MAX_PER_CALLER, MAX_REPORTED } from "../../kernel/broker/answered_calls.ts";
import type { CallKey, CellId } from "../../kernel/contract/names.ts";

const cell = (name: string) => name as CellId;
const key = (text: string) => text as CallKey;

Deno.test("AnsweredCalls remembers as many answers of one caller as allowed, and forgets the oldest first", () => {
  const calls = new AnsweredCalls();
  for (let id = 0; id <= MAX_PER_CALLER; id++) calls.answered("a~1", id, cell("b~2"));
  const holders = (id: number) => calls.holdersOf("a~1", id, "b");
  assert.deepEqual([holders(0), holders(1), holders(MAX_PER_CALLER)], [[], ["b~2"], ["b~2"]]);
});

Deno.test("AnsweredCalls believes a report only about the modules that sit in that cell", () => {
  const calls = new AnsweredCalls();
  calls.reported([key("a~1#1")], cell("b~2"));
  assert.deepEqual(calls.holdersOf("a~1", 1, "b"), []);
  calls.seated(cell("b~2"), "b");
  assert.deepEqual(calls.holdersOf("a~1", 1, "b"), ["b~2"]);
  assert.deepEqual(calls.holdersOf("a~1", 1, "c"), []);
});

Deno.test("AnsweredCalls lets a newer report replace the former one of that cell", () => {
  const calls = new AnsweredCalls();
  calls.seated(cell("b~2"), "b");
  calls.reported([key("a~1#1")], cell("b~2"));
  calls.reported([key("a~1#2")], cell("b~2"));
  assert.deepEqual(calls.holdersOf("a~1", 1, "b"), []);
  assert.deepEqual(calls.holdersOf("a~1", 2, "b"), ["b~2"]);
});

Deno.test("AnsweredCalls keeps no more reported keys than allowed, the first reports go first", () => {
  const calls = new AnsweredCalls();
  const many = (name: string) => Array.from({ length: 65_536 }, (_, id) => key(`${name}#${id}`));
  const cells = Array.from({ length: MAX_REPORTED / 65_536 + 1 }, (_, n) => `c~${n}`);
  for (const name of cells) {
    calls.seated(cell(name), "c");
    calls.reported(many(name), cell(name));
  }
  const holders = (name: string) => calls.holdersOf(name, 0, "c");
  assert.deepEqual([holders(cells[0]!), holders(cells[1]!)], [[], [cells[1]]]);
});

Deno.test("AnsweredCalls gives each acknowledged number once, for ranges narrow and wide", () => {
  for (const ranges of [[[2, 3], [5, 5]], [[2, 3], [5, 1_000]]] as const) {
    const calls = new AnsweredCalls();
    for (const id of [5, 1, 3, 2]) calls.answered("a~1", id, cell(id === 3 ? "c~3" : "b~2"));
    const forget = calls.acknowledge("a~1", ranges);
    assert.deepEqual(forget.get(cell("b~2"))?.toSorted(), [2, 5]);
    assert.deepEqual(forget.get(cell("c~3")), [3]);
    assert.equal(calls.acknowledge("a~1", ranges).size, 0);
    assert.deepEqual(calls.holdersOf("a~1", 1, "b"), ["b~2"]);
  }
});

Deno.test("AnsweredCalls forgets what a cell asked for when it has ended, not what it answered", () => {
  const calls = new AnsweredCalls();
  calls.answered("a~1", 1, cell("b~2"));
  calls.answered("b~2", 1, cell("a~1"));
  calls.forgetCaller(cell("b~2"));
  assert.deepEqual(calls.holdersOf("a~1", 1, "b"), ["b~2"]);
  assert.deepEqual(calls.holdersOf("b~2", 1, "a"), []);
});
