import assert from "node:assert/strict";
import { explainAsks } from "../../../kernel/cli/grants/explain_asks.ts";
import { specOf } from "../../config/parsed.ts";

Deno.test("explainAsks tells every way in which a config asks for more than others get, not only its grants", () => {
  const spec = specOf("grants: {wasm: true}\nlimits: {memory_mb: 512}\nrestart: {max: 9}\ncell: tools\napprove: never");
  assert.deepEqual(explainAsks(spec).map(({ grant }) => grant), ["wasm", "limits", "restart", "cell", "approve"]);
  assert.deepEqual(explainAsks(specOf("limits: {memory_mb: 64}\nnote: hello")), []);
});
