import assert from "node:assert/strict";
import { guessApi } from "../../kernel/config/guess_api.ts";

Deno.test("guessApi takes the api line of a text, however it is quoted", () => {
  for (const line of ["api: notes", 'api: "notes"', "api: 'notes' # mine", "api : notes", "x: [\napi:\tnotes"]) {
    assert.equal(guessApi("configs/a.yml", line), "notes", line);
  }
});

Deno.test("guessApi falls back to the path, and passes over an api that is not at the margin", () => {
  assert.equal(guessApi("configs/s/a-v2.yml", "grants: {\n  api: notes"), "s/a");
});

Deno.test("guessApi gives nothing for what is no api name", () => {
  assert.equal(guessApi("configs/a.yml", "api: 1x"), undefined);
  assert.equal(guessApi("configs/1.yml"), undefined);
});
