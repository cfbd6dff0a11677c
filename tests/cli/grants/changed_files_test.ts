import assert from "node:assert/strict";
import { changedFiles } from "../../../kernel/cli/grants/changed_files.ts";

Deno.test("changedFiles tells new, changed and missing files, and nothing of those that stayed", () => {
  const before = [{ path: "a.ts", text: "1" }, { path: "b.ts", text: "1\n2" }, { path: "c.ts", text: "1" }];
  const now = [{ path: "a.ts", text: "1" }, { path: "c.ts", text: "1\n2\n3" }, { path: "d.ts", text: "" }];
  assert.deepEqual(changedFiles(before, now), [
    { path: "c.ts", change: "changed", lines: 3 },
    { path: "d.ts", change: "new", lines: 1 },
    { path: "b.ts", change: "gone", lines: 2 },
  ]);
});
