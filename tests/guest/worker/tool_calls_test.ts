import assert from "node:assert/strict";
import { fault, type FaultCode, FaultError } from "../../../kernel/contract/fault.ts";
import { bearerCalls } from "../../../kernel/guest/worker/bearer_calls.ts";
import type { MadeCalls } from "../../../kernel/guest/worker/made_calls.ts";
import { toolAuthority } from "../../../kernel/guest/worker/tool_calls.ts";

type Call = Parameters<MadeCalls["call"]>;

/** Calls that end as the test says, one after the other. */
function scriptedCalls(...ends: (() => unknown)[]) {
  const made: Call[] = [];
  const call: MadeCalls["call"] = (...args) => {
    made.push(args);
    return Promise.resolve().then(() => ends[made.length - 1]!());
  };
  return { made, calls: { call } };
}
const throws = (code: FaultCode, more: Parameters<typeof fault>[2] = {}) => (): never => {
  throw new FaultError(fault(code, `it is ${code}`, more));
};

Deno.test("callTool asks the kernel by the tool's name, and gives what came of it with the request's id", async () => {
  const { made, calls } = scriptedCalls(() => ({ n: 1 }), () => null);
  const tools = toolAuthority(calls, { as_caller: true });
  assert.deepEqual(await tools.callTool({ tool: "notes_add", params: { text: "tea" }, id: "c1" }), {
    ...{ result: "notes_add", id: "c1", status: "success", data: { n: 1 } },
  });
  assert.deepEqual(await tools.callTool({ tool: "notes_all" }), { result: "notes_all", status: "success", data: null });
  const [[target, args, more], [, none]] = made as [Call, Call];
  assert.deepEqual([target, args], [
    { api: "@tools", aspect: "tool", name: "notes_add", kind: "call" },
    [{ text: "tea" }],
  ]);
  assert.equal(more?.as_caller, true);
  assert.deepEqual(none, [{}]);
});

Deno.test("callTool gives a refusal as an outcome, two codes in the protocol's words", async () => {
  for (
    const [code, told] of [
      ["module_error", "tool_error"],
      ["invalid_argument", "invalid_params"],
      ["denied", "denied"],
      ["service_down", "service_down"],
    ] as const
  ) {
    const tools = toolAuthority(scriptedCalls(throws(code, { hint: "so" })).calls, {});
    const outcome = await tools.callTool({ tool: "a_b", id: "1" });
    assert.ok(outcome.status === "error");
    const { retriable, ...error } = outcome.error;
    assert.deepEqual([outcome.result, outcome.id, error], ["a_b", "1", {
      code: told,
      message: `it is ${code}`,
      hint: "so",
    }]);
    assert.equal(typeof retriable, "boolean");
  }
});

Deno.test("callTool gives what is no request at all an outcome, and asks nobody", async () => {
  const { made, calls } = scriptedCalls();
  const tools = toolAuthority(calls, {});
  for (
    const [request, code] of [
      [undefined, "unknown_tool"],
      [{}, "unknown_tool"],
      [{ tool: "" }, "unknown_tool"],
      [{ tool: "a", params: [] }, "invalid_params"],
      [{ tool: "a", params: null }, "invalid_params"],
      [{ tool: "a", id: 7 }, "invalid_params"],
    ] as const
  ) {
    const outcome = await tools.callTool(request as never);
    assert.ok(outcome.status === "error" && outcome.error.code === code, JSON.stringify(request));
  }
  assert.equal(made.length, 0);
});

Deno.test("callTool rejects with the signal's reason", async () => {
  const reason = new Error("enough");
  const tools = toolAuthority(scriptedCalls(() => Promise.reject(reason)).calls, {});
  await assert.rejects(tools.callTool({ tool: "a" }), reason);
});

Deno.test("a token that the kernel does not know yet is shown once more, and the call said anew", async () => {
  const { made, calls } = scriptedCalls(
    throws("denied", { retriable: true }),
    () => ({ principal: "kitchen" }),
    () => 5,
  );
  const bearer = bearerCalls(calls, "t1");
  assert.equal(await bearer.calls.call({ api: "shop", aspect: "default", name: "buy", kind: "call" }, ["tea"]), 5);
  assert.deepEqual(made.map(([{ api, name }, args, more]) => [api, name, args, more?.bearer]), [
    ["shop", "buy", ["tea"], "t1"],
    ["@kernel", "bearer", ["t1"], undefined],
    ["shop", "buy", ["tea"], "t1"],
  ]);
});

Deno.test("a refusal that is not about the token, or that its callee gave, is the call's end", async () => {
  const target = { api: "shop", aspect: "default", name: "buy", kind: "call" } as const;
  for (const end of [throws("denied"), throws("timeout"), throws("denied", { retriable: true, maybe_ran: true })]) {
    const { made, calls } = scriptedCalls(end);
    await assert.rejects(bearerCalls(calls, "t1").calls.call(target, []), FaultError);
    assert.equal(made.length, 1);
  }
  let asked = 0;
  const by_callee: MadeCalls["call"] = (_, __, more) => {
    asked++;
    more?.answered?.(true);
    return Promise.reject(new FaultError(fault("denied", "not today", { retriable: true })));
  };
  await assert.rejects(bearerCalls({ call: by_callee }, "t1").calls.call(target, []), /not today/);
  assert.equal(asked, 1);
});
