import assert from "node:assert/strict";
import { visibleJson } from "../../kernel/primitives/visible_json.ts";

Deno.test("visibleJson spells out what a terminal would obey, and the text means the same", () => {
  const value = { "k\u202e": "a\u009b31m\u2066\u200b\ufeff\u007f\u{e0041}z", fine: "é 漢 😀" };
  const text = visibleJson(JSON.stringify(value));
  assert.equal(
    text,
    '{"k\\u202e":"a\\u009b31m\\u2066\\u200b\\ufeff\\u007f\\udb40\\udc41z","fine":"é 漢 😀"}',
  );
  assert.deepEqual(JSON.parse(text), value);
});
