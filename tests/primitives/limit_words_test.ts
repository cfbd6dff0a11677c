import assert from "node:assert/strict";
import { limitWords } from "../../kernel/primitives/limit_words.ts";

Deno.test("limitWords tells the figures, and of liveness_ms what its module did", () => {
  assert.equal(limitWords("memory_mb", 200, 128), "memory_mb: found 200, allowed 128");
  assert.match(
    limitWords("liveness_ms", 5_012, 5_000),
    /^liveness_ms: found 5012, allowed 5000; its code ran .* without giving the loop back, as an endless loop/,
  );
});
