import assert from "node:assert/strict";
import { underAttack } from "./neighbour.ts";

const THROWER = `
const forged = (more) => Object.assign(new Error("forged"), more);
export const WAYS = {
  nothing: () => undefined, nil: () => null, text: () => "just text", number: () => 5, symbol: () => Symbol("s"), fn: () => () => {},
  message_throws: () => Object.defineProperty(new Error("x"), "message", { get() { throw 1; } }),
  name_throws: () => Object.defineProperty(new Error("x"), "name", { get() { throw 1; } }),
  stack_throws: () => Object.defineProperty(new Error("x"), "stack", { get() { throw 1; } }),
  proxy: () => new Proxy(new Error("x"), { get() { throw new Error("trap"); }, getPrototypeOf() { throw 1; }, has() { throw 1; } }),
  message_object: () => forged({ message: { toString() { throw 1; } } }),
  huge: () => new Error("x".repeat(5_000_000)),
  huge_stack: () => forged({ stack: "y".repeat(5_000_000) }),
  cause_cycle: () => { const error = new Error("c"); error.cause = error; return error; },
  cause_deep: () => { let error = new Error("0"); for (let i = 0; i < 10_000; i++) error = new Error(String(i), { cause: error }); return error; },
  not_granted: () => forged({ code: "not_granted" }), private_name: () => forged({ code: "private_name" }), timeout: () => forged({ code: "timeout" }),
  service_down: () => forged({ code: "service_down" }), module_killed: () => forged({ code: "module_killed" }), internal: () => forged({ code: "internal" }),
  moved: () => forged({ code: "moved", retriable: true, maybe_ran: false }), circuit: () => forged({ code: "circuit_open" }), quarantined: () => forged({ code: "quarantined" }),
  unknown: () => forged({ code: "EVIL" }), proto_code: () => forged({ code: "__proto__" }), code_object: () => forged({ code: { toString: () => "not_found" } }),
  class_name: () => forged({ name: "\\u001b[31mKernel\\u202e" }), constructor_throws: () => Object.defineProperty(new Error("x"), "constructor", { get() { throw 1; } }),
  aggregate: () => new AggregateError(Array.from({ length: 10_000 }, () => new Error("one"))), dom: () => new DOMException("d", "AbortError"),
};
export const ALLOWED = ["not_found", "invalid_argument", "conflict", "quota", "denied", "too_large", "rate_limited", "approval_required", "unknown_tool"];
export class Module {
  ways() { return Object.keys(WAYS); }
  throws(way) { throw WAYS[way](); }
  async rejects(way) { await 0; throw WAYS[way](); }
  refuses(code) { throw forged({ code }); }
}`.replaceAll("export const", "const");

Deno.test("whatever a module throws is its own error: no code of the host's can be forged, nothing large or alive crosses", async () => {
  await underAttack({
    "plugins/thrower.js": THROWER,
    "configs/thrower.yml": "limits: {memory_mb: 512}\n",
  }, async (attacked) => {
    const { pid } = await attacked.module("thrower");
    for (const way of await attacked.call<string[]>("thrower", "ways")) {
      for (const method of ["throws", "rejects"]) {
        const { code, message, hint, retriable, maybe_ran, name } = await attacked.fault("thrower", method, way);
        assert.equal(code, "module_error", `${way}: ${code}`);
        assert.ok(message.length <= 8_193, `${way}: ${message.length} characters`);
        assert.equal(hint, "the service threw this error; its log has the stack");
        assert.deepEqual({ retriable, maybe_ran }, { retriable: false, maybe_ran: true }, way);
        assert.match(name ?? "", /^[A-Za-z_$][A-Za-z0-9_$.-]*$/, way);
      }
    }
    for (
      const code of [
        "not_found",
        "invalid_argument",
        "conflict",
        "quota",
        "denied",
        "too_large",
        "rate_limited",
        "unknown_tool",
      ]
    ) {
      assert.equal((await attacked.fault("thrower", "refuses", code)).code, code);
    }
    assert.equal((await attacked.module("thrower")).pid, pid, "it was started again");
  });
});
