import assert from "node:assert/strict";
import { plainToJson } from "../../kernel/primitives/plain_to_json.ts";

Deno.test("plainToJson says in JSON what JSON lacks", () => {
  const value = {
    a: undefined,
    b: 10n ** 20n,
    c: new Date(0),
    d: Uint8Array.of(1, 2, 255),
    e: [null, true, 1.5, "x", undefined],
  };
  assert.deepEqual(plainToJson(value), {
    a: null,
    b: "100000000000000000000",
    c: "1970-01-01T00:00:00.000Z",
    d: { base64: "AQL/" },
    e: [null, true, 1.5, "x", null],
  });
});

Deno.test("plainToJson keeps __proto__ as an own key", () => {
  assert.equal(JSON.stringify(plainToJson(JSON.parse('{"__proto__":{"a":1}}'))), '{"__proto__":{"a":1}}');
});

Deno.test("plainToJson encodes bytes of any length", () => {
  const bytes = new Uint8Array(100_003).map((_, i) => i);
  const { base64 } = plainToJson(bytes) as { base64: string };
  assert.deepEqual(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)), bytes);
});
