import assert from "node:assert/strict";
import { bearerKernel } from "../../../kernel/guest/worker/bearer_kernel.ts";
import type { MadeCalls } from "../../../kernel/guest/worker/made_calls.ts";

type Call = Parameters<MadeCalls["call"]>;

function scriptedCalls(answer: unknown) {
  const made: Call[] = [];
  const call: MadeCalls["call"] = (...args) => {
    made.push(args);
    return Promise.resolve(args[0].name === "bearer" ? { principal: "kitchen" } : answer);
  };
  return { made, calls: { call } };
}

Deno.test("bearerKernel shows the token with every call, and gives each up with the signal", async () => {
  const { made, calls } = scriptedCalls(true);
  const { signal } = new AbortController();
  const bearer = await bearerKernel(calls, "t1", signal);
  assert.equal(bearer.principal, "kitchen");
  await bearer.getApi("notes").call("add", "tea");
  await bearer.callTool({ tool: "notes_add" });
  await bearer.listTools();
  assert.equal(await bearer.mayCall({ api: "notes", method: "add" }), true);
  assert.deepEqual(made.map(([{ api, name }, , more]) => [api, name, more?.bearer, more?.until === signal]), [
    ["@kernel", "bearer", undefined, false],
    ["notes", "add", "t1", true],
    ["@tools", "notes_add", "t1", true],
    ["@kernel", "tools", "t1", true],
    ["@kernel", "may", "t1", true],
  ]);
});

Deno.test("bearerKernel makes calls that no signal gives up, where none was given", async () => {
  const { made, calls } = scriptedCalls(1);
  await (await bearerKernel(calls, "t1")).getApi("notes").call("add", "tea");
  assert.equal(made[1]![2]?.until, undefined);
});
