import assert from "node:assert/strict";
import { sourceHash } from "../../kernel/primitives/source_hash.ts";

const FILES = [{ path: "a.ts", text: "1" }, { path: "b.ts", text: "2" }];

Deno.test("sourceHash tells apart by entry, by name, by text and by where one file ends", async () => {
  const hashes = await Promise.all([
    sourceHash({ entry: "a.ts", files: FILES }),
    sourceHash({ entry: "b.ts", files: FILES }),
    sourceHash({ entry: "a.ts", files: [FILES[0]!, { path: "c.ts", text: "2" }] }),
    sourceHash({ entry: "a.ts", files: [{ path: "a.ts", text: "12" }, { path: "b.ts", text: "" }] }),
  ]);
  assert.equal(new Set(hashes).size, 4);
  assert.match(hashes[0]!, /^[0-9a-f]{64}$/);
});
