import assert from "node:assert/strict";
import { stopLevels } from "../../kernel/lifecycle/stop_levels.ts";
import { planOf } from "../config/planned.ts";

Deno.test("stopLevels puts those that nobody needs first, and together who can end together", async () => {
  const plan = await planOf({
    "db.yml": "",
    "fs.yml": "",
    "notes.yml": "grants: {services: [db]}",
    "ui.yml": "grants: {services: [notes, fs]}",
  });
  assert.deepEqual(stopLevels([...plan.modules.keys()], plan), [["ui"], ["notes", "fs"], ["db"]]);
});

Deno.test("stopLevels ends at once what needs nobody, and what is in no plan with the first", async () => {
  const plan = await planOf({ "a.yml": "", "b.yml": "" });
  assert.deepEqual(stopLevels([...plan.modules.keys()], plan).length, 1);
  assert.deepEqual(stopLevels(["old", ...plan.modules.keys()] as never, plan)[0]![0], "old");
  assert.deepEqual(stopLevels([], plan), []);
});

Deno.test("stopLevels ends a circle all the same", async () => {
  const plan = await planOf({
    "a.yml": "grants: {services: [b]}",
    "b.yml": "grants: {services: ['*', a]}".replace("'*', ", ""),
  });
  assert.deepEqual(stopLevels([...plan.modules.keys()], plan).flat().toSorted(), ["a", "b"]);
});
