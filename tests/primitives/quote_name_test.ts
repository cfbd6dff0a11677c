import assert from "node:assert/strict";
import { quoteName } from "../../kernel/primitives/quote_name.ts";

Deno.test("quoteName writes a name as JSON does, also the second time", () => {
  for (const name of ["", "query", 'a"b\\c', "ü\u2028\ud800\u0000", "__proto__", "constructor"]) {
    for (let again = 0; again < 2; again++) assert.equal(quoteName(name), JSON.stringify(name));
  }
});

Deno.test("quoteName still answers after more different names than it keeps", () => {
  for (let i = 0; i < 5_000; i++) assert.equal(quoteName(`storm_${i}"`), `"storm_${i}\\""`);
  assert.equal(quoteName('storm_4999"'), '"storm_4999\\""');
  assert.equal(quoteName("query"), '"query"');
});
