import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonLine, JsonLines } from "../../kernel/primitives/json_lines.ts";

const utf8 = new TextEncoder();
const value = (value: unknown) => ({ ok: true, value });
const bad = (why: string) => ({ ok: false, why });

Deno.test("JsonLines gives back what jsonLine wrote, however the chunks fall", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 20 }), (values, size) => {
      const bytes = utf8.encode(values.map(jsonLine).join(""));
      const lines = new JsonLines(1_000_000);
      const read: unknown[] = [];
      for (let at = 0; at < bytes.length; at += size) read.push(...lines.feed(bytes.subarray(at, at + size)));
      assert.deepEqual(JSON.stringify(read), JSON.stringify(values.map(value)));
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("JsonLines reports a bad line and reads the next", () => {
  const lines = new JsonLines(100);
  const bytes = Uint8Array.from([...utf8.encode('{"a":1}\nnope\n\n'), 0xff, 0x0a, ...utf8.encode("2\n")]);
  assert.deepEqual(lines.feed(bytes), [
    value({ a: 1 }),
    bad("a line that is not JSON"),
    bad("a line that is not UTF-8"),
    value(2),
  ]);
});

Deno.test("JsonLines takes a line of most_bytes and refuses one byte more, once, before its end has come", () => {
  const lines = new JsonLines(10);
  assert.deepEqual(lines.feed(utf8.encode('"12345678"\n')), [value("12345678")]);
  assert.deepEqual(lines.feed(utf8.encode('"123456789"\n1\n')), [bad("a line of more than 10 bytes"), value(1)]);
  assert.deepEqual(lines.feed(utf8.encode('"1234567')), []);
  assert.deepEqual(lines.feed(utf8.encode("8901")), [bad("a line of more than 10 bytes")]);
  assert.deepEqual(lines.feed(utf8.encode("x".repeat(100))), []);
  assert.deepEqual(lines.feed(utf8.encode('"\n2\n')), [value(2)]);
});

Deno.test("JsonLines reads a last line without its end when the stream ends", () => {
  const lines = new JsonLines(10);
  assert.deepEqual(lines.feed(utf8.encode("1\n2")), [value(1)]);
  assert.deepEqual(lines.end(), [value(2)]);
  assert.deepEqual(lines.end(), []);
});

Deno.test("JsonLines reads a megabyte that comes byte by byte without touching it more than once", () => {
  const bytes = utf8.encode(`"${"x".repeat(1_000_000)}"\n`);
  const lines = new JsonLines(2_000_000);
  const started = performance.now();
  let read = 0;
  for (let at = 0; at < bytes.length; at++) read += lines.feed(bytes.subarray(at, at + 1)).length;
  assert.equal(read, 1);
  assert.ok(performance.now() - started < 5_000);
});
