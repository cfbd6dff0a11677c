import assert from "node:assert/strict";
import { fault } from "../../kernel/contract/fault.ts";
import { FAULT_UNITS, parseFault } from "../../kernel/primitives/parse_fault.ts";

Deno.test("parseFault gives a fault back without unknown fields", () => {
  const sent = fault("module_error", "boo", { hint: "h", retriable: true, maybe_ran: true, name: "TypeError" });
  assert.deepEqual(parseFault({ ...sent, stack: "x" }), sent);
  const plain = fault("not_granted", "no");
  assert.deepEqual(parseFault({ ...plain }), plain);
});

Deno.test("parseFault clips texts", () => {
  const long = "x".repeat(FAULT_UNITS + 1);
  const parsed = parseFault({ ...fault("internal", long), hint: long, name: long })!;
  assert.deepEqual([parsed.message.length, parsed.hint.length, parsed.name!.length], [FAULT_UNITS, FAULT_UNITS, 128]);
  const fits = "x".repeat(FAULT_UNITS);
  assert.equal(parseFault({ ...fault("internal", fits) })!.message, fits);
});

Deno.test("parseFault refuses what is no fault", () => {
  const sent = fault("timeout", "late");
  for (
    const change of [
      { code: "nope" },
      { code: "toString" },
      { code: undefined },
      { message: 5 },
      { hint: null },
      { retriable: 1 },
      { maybe_ran: undefined },
      { name: 5 },
    ]
  ) assert.equal(parseFault({ ...sent, ...change }), undefined, JSON.stringify(change));
  for (const value of [null, [], "x", undefined]) assert.equal(parseFault(value), undefined);
});
