import assert from "node:assert/strict";
import { rehearse } from "../../../kernel/guest/shell/rehearse.ts";

// That no timer, port or promise is left of it, the runner's sanitizers see.
Deno.test("a rehearsal goes through a module's life and comes to its end", async () => {
  const began = performance.now();
  await rehearse();
  await rehearse();
  assert.ok(performance.now() - began < 5_000);
});
