import assert from "node:assert/strict";
import type { Fault } from "../../../kernel/contract/fault.ts";

/** What a module threw is its own error, whatever it was: short, with a name that is one, and without a word of the host's. */
export function assertOwnError(
  what: string,
  { message, hint, retriable, maybe_ran, name }: Fault,
  gives: "its own hint" | "no hint",
): void {
  assert.ok(message.length <= 8_193, `${what}: ${message.length} characters`);
  if (gives === "no hint") assert.equal(hint, "the service threw this error; its log has the stack", what);
  assert.deepEqual({ retriable, maybe_ran }, { retriable: false, maybe_ran: true }, what);
  if (name !== undefined) assert.match(name, /^[A-Za-z_$][A-Za-z0-9_$.-]*$/, what);
}
