import assert from "node:assert/strict";
import { deriveNames } from "../../kernel/config/derive_names.ts";

Deno.test("deriveNames takes the path below configs without extension and version", () => {
  assert.deepEqual(deriveNames("configs/services/my_module-v1.2.yml"), {
    base: "configs/services/my_module",
    path: "services/my_module",
    version: "1.2",
  });
  assert.deepEqual(deriveNames("configs/a.yaml"), { base: "configs/a", path: "a", version: "" });
});

Deno.test("deriveNames reads a dot in the path as an underscore", () => {
  assert.equal(deriveNames("configs/in.ference/deepseek.v3-v2.yml").path, "in_ference/deepseek_v3");
  assert.equal(deriveNames("configs/in.ference/deepseek.v3-v2.yml").base, "configs/in.ference/deepseek.v3");
});

Deno.test("deriveNames takes only dotted numbers after -v for a version", () => {
  for (const name of ["a-v", "a-vx", "a-v1.", "a-v1.x", "a-V1", "av1", "a_v1"]) {
    assert.equal(deriveNames(`configs/${name}.yml`).version, "", name);
  }
  assert.equal(deriveNames("configs/a-v1-v2.0.3.4.yml").version, "2.0.3.4");
  assert.equal(deriveNames("configs/a-v1-v2.0.3.4.yml").base, "configs/a-v1");
});
