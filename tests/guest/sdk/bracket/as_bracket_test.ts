import assert from "node:assert/strict";
import { asBracket, renderResult } from "../../../../kernel/guest/sdk/bracket/mod.ts";

const bytes = (...values: number[]) => new Uint8Array(values);

Deno.test("asBracket says in the protocol's values whatever a call can give", () => {
  assert.deepEqual(
    asBracket({
      a: undefined,
      b: 12n,
      c: new Date(0),
      d: [null, true, -0, "x"],
      e: NaN,
      f: -Infinity,
      g: new Date(NaN),
    }),
    { a: null, b: "12", c: "1970-01-01T00:00:00.000Z", d: [null, true, -0, "x"], e: "NaN", f: "-Infinity", g: null },
  );
  const polluting = asBracket(JSON.parse('{"__proto__": {"polluted": 1}}')) as object;
  assert.deepEqual(Object.keys(polluting), ["__proto__"]);
  assert.equal(Object.getPrototypeOf(polluting), Object.prototype);
});

Deno.test("asBracket gives bytes as base64, with their kind by how they begin", () => {
  assert.deepEqual(asBracket(bytes(1, 2, 255)), { base64: "AQL/", mime: "application/octet-stream" });
  assert.deepEqual(asBracket(bytes()), { base64: "", mime: "application/octet-stream" });
  const kinds: [string, Uint8Array][] = [
    ["image/png", bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0)],
    ["image/jpeg", bytes(0xff, 0xd8, 0xff, 0xe0)],
    ["image/gif", new TextEncoder().encode("GIF89a")],
    ["image/webp", new TextEncoder().encode("RIFF0000WEBPVP8 ")],
    ["application/pdf", new TextEncoder().encode("%PDF-1.7")],
    ["application/octet-stream", bytes(0x89, 0x50)],
  ];
  for (const [mime, begin] of kinds) assert.equal((asBracket(begin) as { mime: string }).mime, mime);
});

Deno.test("a result that is no map is wrapped", () => {
  const rendered = (value: Parameters<typeof asBracket>[0]) =>
    renderResult({ result: "t", status: "success", data: asBracket(value) }).split("\n")[1];
  assert.equal(rendered(undefined), "{result: t, status: success, data: {value: null}}");
  assert.equal(rendered([1]), "{result: t, status: success, data: {value: [1]}}");
  assert.equal(
    rendered(bytes(0)),
    '{result: t, status: success, data: {base64: "AA==", mime: "application/octet-stream"}}',
  );
});
