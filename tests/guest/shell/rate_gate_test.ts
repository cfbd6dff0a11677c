import assert from "node:assert/strict";
import { RateGate } from "../../../kernel/guest/shell/rate_gate.ts";

const RATES = { messages_per_s: 10, bytes_per_s: 1_000 };

Deno.test("RateGate lets as many messages pass as a second has, and makes the next one wait until there is room", () => {
  const gate = new RateGate<string>(RATES, 0);
  const pass = (now: number) => gate.pass(1, () => now);
  for (let i = 0; i < 10; i++) assert.ok(pass(0));
  assert.ok(!pass(0), "the eleventh");
  gate.wait("eleventh", 1);
  assert.equal(gate.pause(), 100);
  assert.deepEqual([...gate.release(99)], []);
  assert.deepEqual([...gate.release(100)], ["eleventh"]);
  assert.ok(!gate.waits);
});

Deno.test("RateGate lets as many bytes pass as a second has, one larger word too, and makes those behind it wait longer", () => {
  const gate = new RateGate<string>(RATES, 0);
  assert.ok(gate.pass(999, () => 0));
  assert.ok(gate.pass(2_001, () => 0), "one byte is left, so it may begin");
  assert.ok(!gate.pass(1, () => 0));
  gate.wait("behind", 1);
  assert.deepEqual(gate.slowed(), { limit: "bytes_per_s", found: 1_001, allowed: 1_000 });
  assert.equal(gate.pause(), 2_001);
  assert.deepEqual([...gate.release(2_000)], []);
  assert.deepEqual([...gate.release(2_001)], ["behind"]);
});

Deno.test("RateGate keeps the order: while one waits, a word that would fit waits behind it", () => {
  const gate = new RateGate<number>(RATES, 0);
  for (let i = 0; i < 10; i++) gate.pass(1, () => 0);
  for (let i = 0; i < 3; i++) {
    assert.ok(!gate.pass(0, () => i * 1_000));
    gate.wait(i, 5);
  }
  assert.equal(gate.waiting_bytes, 15);
  assert.deepEqual(gate.slowed(), { limit: "messages_per_s", found: 13, allowed: 10 });
  assert.deepEqual([...gate.release(5_000)], [0, 1, 2]);
  assert.equal(gate.waiting_bytes, 0);
});

Deno.test("RateGate holds a flood to its rate over time, and after a pause allows a second's worth at once, no more", () => {
  const gate = new RateGate<number>(RATES, 0);
  let passed = 0;
  for (let i = 0; i < 500; i++) {
    if (gate.pass(0, () => 0)) passed++;
    else gate.wait(i, 0);
  }
  for (let now = 0; now <= 10_000; now += gate.pause()) passed += [...gate.release(now)].length;
  assert.equal(passed, 10 + 100);
  const rested = new RateGate<number>(RATES, 0);
  for (let i = 0; i < 10; i++) rested.pass(0, () => 0);
  let after = 0;
  while (rested.pass(0, () => 60_000)) after++;
  assert.equal(after, 10);
});
