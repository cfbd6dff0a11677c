import assert from "node:assert/strict";
import { ToolCatalog } from "../../kernel/lifecycle/mod.ts";
import type { ApiName } from "../../kernel/contract/names.ts";
import { toolSpec } from "./scripted_host.ts";

const owner = (api: string) =>
  ({ spec: { api: api as ApiName, approve: "ask" }, source: { origin: "local" } }) as const;

Deno.test("ToolCatalog lists what was published, by name, of one api or all", () => {
  const tools = new ToolCatalog();
  for (const [api, entries] of [["b", ["z", "a"]], ["a/c", ["x"]]] as const) {
    assert.equal(tools.reserve(api, entries.map(toolSpec)), undefined);
    tools.publish(owner(api), entries.map(toolSpec));
  }
  assert.deepEqual(tools.list().map(({ name, api }) => `${api} ${name}`), ["a/c a_c_x", "b b_a", "b b_z"]);
  assert.deepEqual(tools.list("b").map(({ name }) => name), ["b_a", "b_z"]);
});

Deno.test("ToolCatalog refuses a name that is no tool name, at the first character too many", () => {
  const tools = new ToolCatalog();
  assert.equal(tools.reserve("a", [toolSpec("x".repeat(62))]), undefined);
  assert.equal(tools.reserve("a", [toolSpec("x".repeat(63))])?.code, "load_failed");
  assert.equal(tools.reserve("a", [toolSpec("with space")])?.code, "load_failed");
});

Deno.test("ToolCatalog keeps names reserved while their module is away, and frees them when no config claims it", () => {
  const tools = new ToolCatalog();
  tools.reserve("a/b", [toolSpec("c")]);
  tools.publish(owner("a/b"), [toolSpec("c")]);
  tools.withdraw("a/b");
  assert.deepEqual(tools.list(), []);
  assert.match(
    tools.reserve("a", [toolSpec("b_c")])!.message,
    /tool 'a_b_c' of 'a' bears the name of a tool of 'a\/b'/,
  );
  assert.equal(tools.reserve("a/b", [toolSpec("c")]), undefined);
  tools.release("a/b");
  assert.equal(tools.reserve("a", [toolSpec("b_c")]), undefined);
});

Deno.test("ToolCatalog reserves all names or none", () => {
  const tools = new ToolCatalog();
  tools.reserve("a/b", [toolSpec("c")]);
  assert.notEqual(tools.reserve("a", [toolSpec("free"), toolSpec("b_c")]), undefined);
  assert.equal(tools.reserve("a/free", []), undefined);
  assert.equal(tools.reserve("a", [toolSpec("free")]), undefined);
});
