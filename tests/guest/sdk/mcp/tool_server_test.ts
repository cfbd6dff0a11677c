/** The server in the test's own process, with the official client at the other end of a pair of transports. */
import assert from "node:assert/strict";
import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { PAGE_TOOLS, toolServer } from "../../../../kernel/guest/sdk/mcp/tool_server.ts";
import type { ListedTool, ToolAuthority, ToolOutcome } from "../../../../kernel/guest/sdk/mod.ts";

const listed = (name: string): ListedTool => ({
  ...{
    name,
    api: "notes",
    description: `does ${name}`,
    params: { properties: {} },
    readOnly: false,
    destructive: true,
  },
});
const named = (count: number) => Array.from({ length: count }, (_, i) => listed(`t${String(i).padStart(4, "0")}`));

async function connected(tools: Partial<ToolAuthority>) {
  const server = toolServer({ tools: tools as ToolAuthority, version: "1" });
  const client = new Client({ name: "c", version: "1" });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(far), client.connect(near)]);
  return { client, [Symbol.asyncDispose]: () => client.close() };
}

Deno.test("tools/list gives pages of one order: so many tools are one page, one more are two", async () => {
  for (const count of [PAGE_TOOLS, PAGE_TOOLS + 1]) {
    await using session = await connected({ listTools: () => Promise.resolve(named(count)) });
    const first = await session.client.request({ method: "tools/list", params: {} });
    assert.equal(first.tools.length, PAGE_TOOLS);
    assert.equal(first.nextCursor, count > PAGE_TOOLS ? "t0099" : undefined);
    assert.deepEqual(
      (await session.client.listTools()).tools.map(({ name }) => name),
      named(count).map(({ name }) => name),
    );
  }
});

Deno.test("a tool that goes between two pages shifts nothing, and a cursor beyond the last gives an empty page", async () => {
  let tools = named(150);
  await using session = await connected({ listTools: () => Promise.resolve(tools) });
  const { nextCursor } = await session.client.request({ method: "tools/list", params: {} });
  tools = tools.slice(5);
  const rest = await session.client.request({ method: "tools/list", params: { cursor: nextCursor! } });
  assert.equal(rest.tools[0]!.name, "t0100");
  assert.deepEqual((await session.client.request({ method: "tools/list", params: { cursor: "zzz" } })).tools, []);
});

Deno.test("a schema without a type is one of a map, as MCP wants it, and marks are hints", async () => {
  await using session = await connected({ listTools: () => Promise.resolve([listed("add")]) });
  const [tool] = (await session.client.listTools()).tools;
  assert.deepEqual([tool!.inputSchema.type, tool!.annotations], [
    ...["object", { readOnlyHint: false, destructiveHint: true }],
  ]);
});

Deno.test("tools/call hands on name and params, and a catalog that can't be read is an error of the protocol", async () => {
  const asked: unknown[] = [];
  await using session = await connected({
    listTools: () => Promise.reject(new Error("the token gives no authority")),
    callTool: (request) => {
      asked.push(request);
      return Promise.resolve({ result: request.tool, status: "success", data: { n: 1 } } as ToolOutcome);
    },
  });
  await assert.rejects(session.client.request({ method: "tools/list", params: {} }), /the token gives no authority/);
  const { structuredContent } = await session.client.request({ method: "tools/call", params: { name: "add" } });
  assert.deepEqual(structuredContent, { n: 1 });
  assert.deepEqual(asked, [{ tool: "add", params: {} }]);
});
