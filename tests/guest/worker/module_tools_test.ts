import assert from "node:assert/strict";
import { beginWorker, startWorker } from "./start_worker.ts";

const NOTES = `import { tool } from "meta-machine";
export class Module {
  ran = 0;
  count() { return this.ran; }
  getAspect(name) {
    if (name === "default") return this;
    if (name !== "tool") throw new Error("no");
    return {
      add: tool({ description: "Adds a note.", readOnly: false, params: { type: "object", additionalProperties: false, required: ["title"], properties: {
        title: { type: "string", maxLength: 10 }, count: { type: "integer", minimum: 1 }, mode: { enum: ["fast", "slow"] },
        tags: { type: "array", items: { type: "string" } }, at: { type: "object", properties: { x: { type: "number" } }, required: ["x"] } } },
        run: (params, { caller, signal }) => { this.ran++; return { params, api: caller.api, signal: signal instanceof AbortSignal }; } }),
      look: tool({ description: "Looks.", readOnly: true, run: (params) => params }),
      plain: () => 1,
      _private: tool({ description: "x", run() {} }),
      "a b": tool({ description: "x", run() {} }),
    };
  }
}`;
const AT_TOOL = { aspect: "tool" };

Deno.test("ready lists the tools with their marks; what tool() has not made and what has no tool name is left out, and the log says so", async () => {
  const starting = beginWorker(NOTES);
  await using worker = await starting;
  const { tools } = await worker.next("ready");
  assert.deepEqual(
    tools.map(({ entry, readOnly, destructive, idempotent, openWorld }) => ({
      entry,
      readOnly,
      destructive,
      idempotent,
      openWorld,
    })),
    [
      { entry: "add", readOnly: false, destructive: true, idempotent: false, openWorld: false },
      { entry: "look", readOnly: true, destructive: false, idempotent: true, openWorld: false },
    ],
  );
  assert.deepEqual(tools[1]!.params, { type: "object" });
  const warned = worker.heard.filter((m) => m.t === "log").map((m) => m.text);
  assert.equal(warned.length, 3);
  assert.equal(warned[0], "'plain' of the aspect 'tool' is no tool: it was not made by tool()");
});

Deno.test("a tool runs with params that its schema admits", async () => {
  await using worker = await startWorker(NOTES);
  assert.deepEqual(await worker.value("add", [{ title: "x", count: 1 }], AT_TOOL), {
    params: { title: "x", count: 1 },
    api: "tester",
    signal: true,
  });
  assert.deepEqual(await worker.value("look", [], AT_TOOL), {});
});

Deno.test("params that the schema does not admit are refused before run, each path with what was expected and found", async () => {
  await using worker = await startWorker(NOTES);
  const cases: [unknown[], string][] = [
    [[{}], '"title" is missing; pass title as string'],
    [[{ title: 5 }], '"title" is 5; pass title as string'],
    [[{ title: "x", count: "many" }], '"count" is "many"; pass count as integer'],
    [[{ title: "x", mode: "wild" }], '"mode" is "wild"; pass one of "fast", "slow"'],
    [[{ title: "x", colour: 1 }], '"colour" is not known; it takes title, count, mode, tags, at'],
    [[{ title: "x", tags: ["a", 2] }], '"tags[1]" is 2; pass tags[1] as string'],
    [[{ title: "x", at: {} }], '"at.x" is missing; pass at.x as number'],
    [[{ count: 1.5 }], '"title" is missing; pass title as string. "count" is 1.5; pass count as integer'],
    [["text"], "its params are a string; pass one map of params"],
    [[[1]], "its params are a list; pass one map of params"],
    [[null], "its params are null; pass one map of params"],
  ];
  for (const [args, text] of cases) {
    const answer = await worker.call("add", args, AT_TOOL);
    assert.ok(!answer.ok, text);
    assert.deepEqual([answer.code, answer.fault["message"], answer.fault["maybe_ran"]], [
      "invalid_argument",
      `Cannot call notes_add: ${text}`,
      false,
    ]);
  }
  const long = await worker.call("add", [{ title: "12345678901" }], AT_TOOL);
  assert.ok(!long.ok && /^Cannot call notes_add: "title": /.test(String(long.fault["message"])));
  assert.equal((await worker.call("add", [{ title: "1234567890" }], AT_TOOL)).ok, true);
  const two = await worker.call("add", [{ title: "x" }, 2], AT_TOOL);
  assert.ok(!two.ok && two.code === "invalid_argument");
  assert.equal(await worker.value("count"), 1);
});

Deno.test("an entry that is no tool, or none at all, is no attribute of the tool aspect", async () => {
  await using worker = await startWorker(NOTES);
  for (const name of ["plain", "absent", "toString"]) {
    const answer = await worker.call(name, [{}], AT_TOOL);
    assert.ok(!answer.ok);
    assert.deepEqual([answer.code, answer.fault["message"]], [
      "no_attribute",
      `Service 'notes' (aspect 'tool') does not have attribute '${name}'`,
    ]);
  }
});

Deno.test("tool() refuses what it can't check", async () => {
  await using worker = await startWorker(`import { tool } from "meta-machine";
  export class Module {
    try() {
      const run = () => 1, description = "x";
      return [{ description }, { run }, { run, description, params: { _zod: {} } }, { run, description, params: { title: { type: "string" } } },
        { run, description, params: { type: "array" } }, { run, description, params: "x" }, { run, description, params: { properties: { a: 1n } } }]
        .map((definition) => { try { tool(definition); return "made"; } catch (e) { return e.message; } });
    }
  }`);
  const told = await worker.value("try") as string[];
  assert.deepEqual(told.slice(0, 6), [
    "tool(): run is missing; pass run as function",
    "tool(): description is missing; pass description as string",
    "tool(): params is a schema of an older zod; take the one that grants.packages: [zod] brings",
    'tool(): params is no JSON Schema: it has only title; pass {type: "object", properties: {…}}',
    'tool(): params is of type "array"; a tool takes a map: pass type "object"',
    'tool(): params is no JSON Schema; pass {type: "object", properties: {…}}',
  ]);
  assert.match(told[6]!, /^tool\(\): params is no plain data/);
});
