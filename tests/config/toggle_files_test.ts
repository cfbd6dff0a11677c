import assert from "node:assert/strict";
import type { ApiName } from "../../kernel/contract/names.ts";
import { toggleFiles } from "../../kernel/config/toggle_files.ts";

const FILES = [
  { file: "configs/s/a-v1.yml", text: "" },
  { file: "configs/s/a-v2.yml", text: "limits: {timers: 0}" },
  { file: "configs/b.yml", text: "api: s/a" },
  { file: "configs/c.yml", text: "" },
  { file: "configs/.d.yml", text: "x: [" },
];
const toggle = (want: "enable" | "disable", api: string, files = FILES) => toggleFiles(want, api as ApiName, files);

Deno.test("toggleFiles puts a dot before every file that claims the api, broken ones too", () => {
  assert.deepEqual(toggle("disable", "s/a"), {
    ok: true,
    value: [
      { from: "configs/s/a-v1.yml", to: "configs/s/.a-v1.yml" },
      { from: "configs/s/a-v2.yml", to: "configs/s/.a-v2.yml" },
      { from: "configs/b.yml", to: "configs/.b.yml" },
    ],
  });
});

Deno.test("toggleFiles takes the dot away again", () => {
  assert.deepEqual(toggle("enable", "d"), { ok: true, value: [{ from: "configs/.d.yml", to: "configs/d.yml" }] });
});

Deno.test("toggleFiles has nothing to do when the api is as wanted already", () => {
  assert.deepEqual(toggle("enable", "c"), { ok: true, value: [] });
  assert.deepEqual(toggle("disable", "d"), { ok: true, value: [] });
});

Deno.test("toggleFiles refuses an api that no file claims", () => {
  const refused = toggle("disable", "nobody");
  assert.ok(!refused.ok);
  assert.equal(refused.fault.code, "not_found");
  assert.equal(refused.fault.message, "no file below configs/ claims api 'nobody'");
});

Deno.test("toggleFiles refuses to rename onto a file that is there", () => {
  const refused = toggle("disable", "e", [{ file: "configs/e.yml", text: "" }, { file: "configs/.e.yml", text: "" }]);
  assert.ok(!refused.ok);
  assert.equal(refused.fault.code, "conflict");
  assert.equal(refused.fault.message, "cannot rename configs/e.yml to configs/.e.yml: there is such a file");
  assert.equal(refused.fault.hint, "remove or rename one of the two, then disable again");
});
