import assert from "node:assert/strict";
import {
  fault,
  type FaultCode,
  FaultError,
  faultJson,
  FAULTS,
  isFaultCode,
  ok,
  refuse,
} from "../../kernel/contract/fault.ts";

const CODES = Object.keys(FAULTS) as FaultCode[];

Deno.test("the codes of faults are a closed list", () => {
  // One text, not a list: a test elsewhere looks for each code in quotes.
  const codes = "private_name not_granted service_down no_aspect no_attribute invalid_argument timeout " +
    "cancelled too_deep too_large rate_limited circuit_open moved module_error " +
    "module_killed load_failed config_invalid quarantined conflict vessel_leak quota " +
    "approval_required denied unknown_tool not_found internal";
  assert.equal(CODES.join(" "), codes);
});

Deno.test("every code has a hint, and fault takes it and retriable from there", () => {
  for (const code of CODES) {
    const made = fault(code, "text");
    assert.ok(made.hint.length > 0);
    assert.deepEqual(made, {
      code,
      message: "text",
      hint: FAULTS[code].hint,
      retriable: FAULTS[code].retriable,
      maybe_ran: false,
    });
    assert.ok(Object.isFrozen(made));
  }
});

Deno.test("fault takes what it is given before what the code says", () => {
  const more = { hint: "", retriable: true, maybe_ran: true, name: "TypeError" };
  assert.deepEqual(fault("not_granted", "m", more), { code: "not_granted", message: "m", ...more });
});

Deno.test("isFaultCode knows the codes and nothing inherited", () => {
  assert.ok(CODES.every(isFaultCode));
  assert.ok(!["", "toString", "constructor", "__proto__", "Timeout", null, 5, ["timeout"]].some(isFaultCode));
});

Deno.test("faultJson has the five fields of the command line, without the name", () => {
  const json = faultJson(fault("timeout", "late", { maybe_ran: true, name: "X" }));
  assert.equal(
    JSON.stringify(json),
    `{"error":{"code":"timeout","message":"late","hint":"${FAULTS.timeout.hint}","retriable":true,"maybe_ran":true}}`,
  );
});

Deno.test("FaultError carries its fault's fields", () => {
  const made = fault("conflict", "changed", { maybe_ran: true });
  const error = new FaultError(made);
  assert.equal(error.name, "FaultError");
  assert.deepEqual([error.message, error.code, error.hint, error.retriable, error.maybe_ran, error.fault], [
    made.message,
    made.code,
    made.hint,
    true,
    true,
    made,
  ]);
  assert.equal(new FaultError(fault("module_error", "x", { name: "TypeError" })).name, "TypeError");
});

Deno.test("ok and refuse make the two sides of a result", () => {
  const made = fault("denied", "no");
  assert.deepEqual(ok(5), { ok: true, value: 5 });
  assert.deepEqual(refuse(made), { ok: false, fault: made });
});
