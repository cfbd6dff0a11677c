import assert from "node:assert/strict";
import { fillTemplate, hasCatalog } from "../../../plugins/openai/prompt_template.ts";

const parts = { persona: "You are Ann. {{catalog}}", catalog: "- a tool", date: "2026-03-14" };

Deno.test("fillTemplate fills its three places, and reads nothing of what it puts in", () => {
  const text = fillTemplate("{{persona}}\nIt is {{ date }}.\n{{catalog}}\n", parts, "meta.txt");
  assert.equal(text, "You are Ann. {{catalog}}\nIt is 2026-03-14.\n- a tool");
});

Deno.test("fillTemplate leaves other braces as they are, and refuses a place that nothing fills", () => {
  assert.equal(
    fillTemplate("{a} {{ }} {{1}} ${x} $& {{{date}}}", parts, "meta.txt"),
    "{a} {{ }} {{1}} ${x} $& {2026-03-14}",
  );
  for (const name of ["tools", "constructor", "__proto__"]) {
    assert.throws(() => fillTemplate(`{{${name}}}`, parts, "meta.txt"), {
      code: "invalid_argument",
      message: `prompts/meta.txt has the place {{${name}}}, which nothing fills`,
      hint: "the places are {{persona}}, {{catalog}}, {{date}}",
    });
  }
});

Deno.test("hasCatalog finds the place of the catalog", () => {
  assert.deepEqual(["{{catalog}}", "x {{ catalog }}", "catalog", "{{date}}"].map(hasCatalog), [
    true,
    true,
    false,
    false,
  ]);
});
