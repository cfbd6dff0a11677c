import assert from "node:assert/strict";
import type { ApiName } from "../../kernel/contract/names.ts";
import type { Proposal } from "../../kernel/contract/proposal.ts";
import { denoFiles } from "../../kernel/powers_deno.ts";
import { ProposalStore } from "../../kernel/proposals/mod.ts";

const BEGIN = Date.parse("2026-03-02T10:00:00.000Z");
const proposal = (number: number): Proposal => ({
  ...{ id: `p${number.toString(16).padStart(12, "0")}`, api: "notes" as ApiName, kind: "module", state: "open" },
  ...{ by: "improver", principal: "improver", objective: "x", findings: [], changed: "2026-03-02T10:00:00.000Z" },
  created: new Date(BEGIN + number).toISOString(),
  after: [{ file: "plugins/notes.ts", text: "new" }, { file: "plugins/gone.ts", text: undefined }],
  before: [{ file: "plugins/notes.ts", text: "old" }],
});

Deno.test("what was kept is there for the next kernel, the newest first; a file that says something else is passed over", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const store = new ProposalStore(denoFiles, `${folder}/proposals`);
    for (const number of [1, 2]) await store.put(proposal(number));
    const wrong: Record<string, unknown>[] = [
      { ...proposal(3), after: [{ file: "runtime/image/tokens/x.json", text: "" }] },
      { ...proposal(4), after: [{ file: "plugins/../kernel/kernel.ts", text: "" }] },
      { ...proposal(5), after: [{ file: "configs/.hidden.yml", text: "" }] },
      { ...proposal(6), state: "blessed" },
      { ...proposal(7), api: "../x" },
    ];
    for (const one of wrong) await Deno.writeTextFile(`${folder}/proposals/${one["id"]}.json`, JSON.stringify(one));
    await Deno.writeTextFile(`${folder}/proposals/p00000000000a.json`, "{");
    const later = new ProposalStore(denoFiles, `${folder}/proposals`);
    await later.look();
    assert.deepEqual(later.all().map(({ id }) => id), [proposal(2).id, proposal(1).id]);
    assert.deepEqual(later.get(proposal(1).id)?.before, proposal(1).before);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
