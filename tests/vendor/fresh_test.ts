import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { findStale } from "../../kernel/vendor/mod.ts";

Deno.test("libs is what the sources and deno.lock make, to the byte", async () => {
  const stale = await findStale(fileURLToPath(new URL("../../", import.meta.url)));
  assert.deepEqual(stale.map(({ file, why }) => `libs/${file}: ${why}`), [], "mend it with: deno task vendor");
});
