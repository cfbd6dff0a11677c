import assert from "node:assert/strict";
import { bridgeTools, DESCRIPTION_UNITS, MOST_REFUSED, MOST_TOOLS } from "../../../plugins/mcp/bridge_tools.ts";

const HOST = "mcp.example.com";
const tool = (name: string, more = {}) => ({ name, inputSchema: { type: "object" }, ...more });
const entries = (...names: string[]) =>
  bridgeTools(names.map((name) => tool(name)), HOST).tools.map(({ entry }) => entry);

Deno.test("bridgeTools writes names as this host has them, in the order of their names", () => {
  assert.deepEqual(entries("say.hello", "a-b", "städte/liste", "run"), ["a-b", "run", "say_hello", "st_dte_liste"]);
  const [one] = bridgeTools([tool("say.hello")], HOST).tools;
  assert.equal(one!.remote, "say.hello", "it is called by its own");
});

Deno.test("bridgeTools leaves out private names, those that are too long, and all that would be called alike", () => {
  assert.deepEqual(entries("x".repeat(64)), ["x".repeat(64)]);
  for (const name of ["x".repeat(65), "_a", "__proto__", "constructor", "", ".hidden"]) {
    assert.deepEqual(entries(name), []);
  }
  const { tools, refused } = bridgeTools([tool("a.b"), tool("a_b"), tool("a b"), tool("c")], HOST);
  assert.deepEqual(tools.map(({ entry }) => entry), ["c"]);
  assert.deepEqual(refused.map(({ name }) => name), ["a.b", "a_b", "a b"]);
  assert.deepEqual(entries("same", "same"), []);
});

Deno.test("bridgeTools takes so many tools of a server and leaves one more out by name", () => {
  const names = Array.from({ length: MOST_TOOLS + 1 }, (_, i) => `t${i}`);
  assert.equal(entries(...names.slice(0, MOST_TOOLS)).length, MOST_TOOLS);
  const { tools, refused } = bridgeTools(names.map((name) => tool(name)), HOST);
  assert.deepEqual([tools.length, refused], [
    ...[MOST_TOOLS, [{ name: `t${MOST_TOOLS}`, why: `a server may have ${MOST_TOOLS} tools` }]],
  ]);
});

Deno.test("bridgeTools names so many tools that are left out, and counts the others", () => {
  const refusedOf = (count: number) =>
    bridgeTools(Array.from({ length: count }, (_, i) => tool(`_${i}`)), HOST).refused;
  assert.deepEqual(refusedOf(MOST_REFUSED).at(-1), { name: `_${MOST_REFUSED - 1}`, why: "its name is private" });
  assert.deepEqual(refusedOf(MOST_REFUSED + 2).at(-1), { name: "…", why: "2 more are left out" });
});

Deno.test("bridgeTools says whose words a description is, cuts it, and takes control characters out", () => {
  const said = (description: string) => bridgeTools([tool("a", { description })], HOST).tools[0]!.description;
  const front = `Tool of the remote server ${HOST}, which says of it: `;
  assert.equal(said("Gives\nthe\u001b[1m forecast.\u2066"), `${front}Gives the [1m forecast.`);
  assert.equal(said("x".repeat(DESCRIPTION_UNITS)), front + "x".repeat(DESCRIPTION_UNITS));
  assert.equal(said("x".repeat(DESCRIPTION_UNITS + 1)), `${front}${"x".repeat(DESCRIPTION_UNITS - 1)}…`);
  assert.equal(said("\u202e"), `Tool of the remote server ${HOST}.`);
});

Deno.test("bridgeTools takes over that a tool destroys nothing, never that it only reads", () => {
  const marks = (annotations: object) => {
    const [one] = bridgeTools([tool("a", { annotations })], HOST).tools;
    assert.ok(!("readOnly" in one!));
    return one!.destructive;
  };
  assert.deepEqual([marks({}), marks({ destructiveHint: false }), marks({ readOnlyHint: true })], [true, false, false]);
});

Deno.test("bridgeTools leaves out a tool whose params are no map", () => {
  for (const inputSchema of [{ type: "array" }, {}, null, undefined, "text"]) {
    const { tools, refused } = bridgeTools([{ name: "a", inputSchema }], HOST);
    assert.deepEqual([tools.length, refused.length], [0, 1]);
  }
});
