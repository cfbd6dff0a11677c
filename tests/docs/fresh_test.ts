import assert from "node:assert/strict";
import { readPages } from "../../docs/generate.ts";

for (const { name, text, fresh } of await readPages()) {
  Deno.test(`docs/${name} says what the sources say`, () => {
    assert.ok(text === fresh, `docs/${name} is stale: run deno task docs`);
  });
}
