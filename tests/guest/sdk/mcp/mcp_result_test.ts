import assert from "node:assert/strict";
import { mcpResult } from "../../../../kernel/guest/sdk/mcp/mcp_result.ts";

const given = (data: unknown) => ({ result: "t", status: "success", data }) as const;
const textOf = (data: unknown, most?: number) => (mcpResult(given(data), most).content[0] as { text: string }).text;

Deno.test("a result is a text, with the data beside it where they are a map", () => {
  assert.deepEqual(mcpResult(given("tea")), { content: [{ type: "text", text: "tea" }] });
  assert.deepEqual(mcpResult(given({ n: 1n })), {
    content: [{ type: "text", text: '{"n":"1"}' }],
    structuredContent: { n: "1" },
  });
  assert.deepEqual([textOf(undefined), textOf([1, null]), textOf(false)], ["null", "[1,null]", "false"]);
});

Deno.test("a text is whole up to its bound; one character more and it is cut, says so, and has no data beside it", () => {
  assert.equal(textOf("x".repeat(100), 100), "x".repeat(100));
  assert.match(textOf("x".repeat(101), 100), /^x{100}\n\[cut: the first 100 of 101 characters/);
  assert.ok("structuredContent" in mcpResult(given({ a: "bc" }), 10));
  assert.ok(!("structuredContent" in mcpResult(given({ a: "bcd" }), 10)));
});

Deno.test("an error says its code, its message and what would work", () => {
  const error = { code: "denied", message: "no", hint: "ask", retriable: false };
  assert.deepEqual(mcpResult({ result: "t", status: "error", error }), {
    content: [{ type: "text", text: "denied: no\nhint: ask" }],
    structuredContent: { error },
    isError: true,
  });
});

Deno.test("a stream is refused, and its tool is told that nobody reads it", async () => {
  let ended = 0;
  async function* items() {
    try {
      yield 1;
      yield 2;
    } finally {
      ended++;
    }
  }
  const stream = items();
  await stream.next();
  assert.equal(mcpResult(given(stream)).isError, true);
  await Promise.resolve();
  assert.equal(ended, 1);
});
