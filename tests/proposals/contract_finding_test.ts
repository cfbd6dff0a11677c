import assert from "node:assert/strict";
import { contractFinding } from "../../kernel/proposals/contract_finding.ts";
import { toolSpec } from "../lifecycle/scripted_host.ts";

const [add, all] = [toolSpec("add"), { ...toolSpec("all"), readOnly: true }];

Deno.test("a candidate may offer more, and has to offer all that was there as it was", () => {
  for (
    const [after, passed, said] of [
      [[add, all], true, "all 2 tools are as they were"],
      [[all, add, toolSpec("drop")], true, "all 2 tools are as they were; new: drop"],
      [[add, { ...all, description: "in other words" }], true, "all 2 tools are as they were"],
      [[add], false, "the tool 'all' is gone"],
      [[add, { ...all, params: { type: "object", required: ["x"] } }], false, "the params of 'all' are others"],
      [[add, { ...all, readOnly: false }], false, "'all' does not only read any more"],
    ] as const
  ) {
    assert.deepEqual(contractFinding([add, all], after), { check: "contract", passed, said });
  }
});
