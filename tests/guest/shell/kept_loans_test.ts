import assert from "node:assert/strict";
import type { InstanceId } from "../../../kernel/contract/names.ts";
import { LOANS } from "../../../kernel/contract/wire.ts";
import type { WorkerWord } from "../../../kernel/guest/shell/call_words.ts";
import { KeptLoans } from "../../../kernel/guest/shell/kept_loans.ts";

const [I, J] = ["1.1", "1.2"] as InstanceId[] as [InstanceId, InstanceId];
const call = (api: string, ...kept: string[]): WorkerWord => {
  const target = { id: 1, api, aspect: "default", name: "watch", kind: "call" } as const;
  return { t: "call", ...target, payload: "[]", ...(kept.length > 0 && { lends: { kept } }) };
};

Deno.test("KeptLoans knows what was lent to whom, until it is revoked or the instance is gone", () => {
  const loans = new KeptLoans();
  loans.note(I, call("store"));
  loans.note(I, call("store", "changed", "closed"));
  loans.note(I, call("index", "changed"));
  loans.note(J, call("store", "changed"));
  assert.deepEqual(loans.of(I), [{ name: "changed", to: ["store", "index"] }, { name: "closed", to: ["store"] }]);
  loans.note(I, { t: "revoke", name: "changed" });
  loans.note(I, { t: "revoke", name: "never lent" });
  assert.deepEqual(loans.of(I), [{ name: "closed", to: ["store"] }]);
  loans.forget(I);
  assert.deepEqual([loans.of(I), loans.of(J)], [[], [{ name: "changed", to: ["store"] }]]);
});

Deno.test("KeptLoans keeps the last allowed name and the last allowed borrower, and no more", () => {
  const loans = new KeptLoans();
  for (let n = 0; n <= LOANS.names; n++) loans.note(I, call("store", `f${n}`));
  for (let n = 0; n <= LOANS.borrowers; n++) loans.note(I, call(`store${n}`, "f0"));
  const told = loans.of(I);
  assert.deepEqual([told.length, told.at(-1)!.name], [LOANS.names, `f${LOANS.names - 1}`]);
  assert.deepEqual([told[0]!.to.length, told[0]!.to.at(-1)], [LOANS.borrowers, `store${LOANS.borrowers - 2}`]);
});
