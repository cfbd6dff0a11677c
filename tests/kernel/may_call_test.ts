import assert from "node:assert/strict";
import { fault, refuse } from "../../kernel/contract/fault.ts";
import type { ServiceGrant } from "../../kernel/contract/spec.ts";
import { mayCall } from "../../kernel/may_call.ts";

const by = (...bounds: ServiceGrant[][]) => () => ({
  ok: true as const,
  value: { api: "@kitchen", principal: "kitchen", config: "configs/principals.yml", bounds },
});
const NOTES: ServiceGrant[] = [{ api: "notes", methods: ["add"] }, { api: "web", aspects: ["operations"] }];

Deno.test("mayCall tells whether every bound of the authority allows the method", () => {
  const told = (right: unknown, ...bounds: ServiceGrant[][]) => {
    const answer = mayCall(right, by(...bounds));
    return answer.ok ? answer.value : answer.fault.code;
  };
  assert.equal(told({ api: "notes", method: "add" }, NOTES), true);
  assert.equal(told({ api: "notes", method: "drop" }, NOTES), false);
  assert.equal(told({ api: "web", method: "status" }, NOTES), false);
  assert.equal(told({ api: "web", method: "status", aspect: "operations" }, NOTES), true);
  assert.equal(told({ api: "notes", method: "add" }, NOTES, []), false, "each of them has to");
  assert.equal(told({ api: "nobody", method: "x" }, [{ api: "nobody" }]), true, "there need not be such an api");
});

Deno.test("mayCall refuses what names no right, and an authority that there is not", () => {
  for (
    const right of [undefined, "notes", {}, { api: "notes" }, { api: 1, method: "a" }, {
      api: "a",
      method: "b",
      aspect: 1,
    }]
  ) {
    const answer = mayCall(right, by(NOTES));
    assert.ok(!answer.ok && answer.fault.code === "invalid_argument", JSON.stringify(right));
  }
  const nobody = mayCall({ api: "notes", method: "add" }, () => refuse(fault("denied", "no such token")));
  assert.ok(!nobody.ok && nobody.fault.code === "denied");
});
