import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { isMetaName, metaFiles } from "../../kernel/config/meta_files.ts";

const found = (...names: string[]) => names.map((name) => ({ name, text: `text of ${name}` }));

Deno.test("metaFiles sorts by version, highest first, meta.yml last", async () => {
  const metas = await metaFiles(found("meta.yml", "meta-v1.9.yml", "a.yml", "meta-v1.10.yaml", "meta-v2.yml"));
  assert.deepEqual(metas.map(({ file, version }) => [file, version]), [
    ["meta-v2.yml", "2"],
    ["meta-v1.10.yaml", "1.10"],
    ["meta-v1.9.yml", "1.9"],
    ["meta.yml", ""],
  ]);
});

Deno.test("metaFiles keeps each text with its SHA-256 in hex", async () => {
  const [meta] = await metaFiles(found("meta.yml"));
  assert.equal(meta!.text, "text of meta.yml");
  assert.equal(meta!.hash, createHash("sha256").update(meta!.text).digest("hex"));
});

Deno.test("metaFiles orders two files of one version by name", async () => {
  const metas = await metaFiles(found("meta-v1.yml", "meta-v1.0.yml", "meta-v1.yaml"));
  assert.deepEqual(metas.map(({ file }) => file), ["meta-v1.0.yml", "meta-v1.yaml", "meta-v1.yml"]);
});

Deno.test("isMetaName takes meta.yml and meta-vX.yml and nothing like them", () => {
  for (const name of ["meta.yml", "meta.yaml", "meta-v1.yml", "meta-v1.2.3.4.yaml"]) assert.ok(isMetaName(name), name);
  for (
    const name of [".meta.yml", "meta-v.yml", "meta-vx.yml", "meta-1.yml", "metal.yml", "meta.yml.bak", "meta.json"]
  ) {
    assert.ok(!isMetaName(name), name);
  }
});
