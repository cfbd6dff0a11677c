/** Tools whose params are a zod schema: shown as JSON Schema, parsed by zod, refused in the words of every other tool. */
import assert from "node:assert/strict";
import { LIBRARIES } from "../../../libs/mod.ts";
import { startWorker } from "./start_worker.ts";

const NOTES = `import { tool } from "meta-machine";
import { z } from "zod";
const params = z.strictObject({
  title: z.string().trim().min(1).max(10),
  count: z.int().min(1).default(7),
  mode: z.enum(["fast", "slow"]).optional(),
  due: z.iso.date().transform((text) => new Date(text)).optional(),
  tags: z.array(z.string()).optional(),
  size: z.union([z.string(), z.number()]).optional(),
  lines: z.coerce.number().optional(),
}).refine(({ title }) => title !== "no", "a note needs a better title");
export class Module {
  ran = 0;
  count() { return this.ran; }
  getAspect(name) {
    if (name === "default") return this;
    if (name !== "tool") throw new Error("no");
    return {
      add: tool({ description: "Adds a note.", params, run: (params) => { this.ran++; return params; } }),
      look: tool({ description: "Looks.", params: z.object({ id: z.string().refine(async (id) => id === "x", "there is no such note") }), run: ({ id }) => id }),
    };
  }
}`;
const AT_TOOL = { aspect: "tool" };
const zod = async () => ({ libraries: [["zod", await LIBRARIES["zod"]!()]] as [string, string][] });

Deno.test("the catalog shows a zod schema as the JSON Schema of what the tool takes", async () => {
  await using worker = await startWorker(NOTES, await zod());
  const { tools } = worker.heard.find((message) => message.t === "ready")!;
  assert.deepEqual(tools[0]!.params, {
    type: "object",
    properties: {
      title: { type: "string", minLength: 1, maxLength: 10 },
      count: { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER, default: 7 },
      mode: { type: "string", enum: ["fast", "slow"] },
      due: {
        ...(tools[0]!.params["properties"] as { due: object }).due,
        type: "string",
        format: "date",
      },
      tags: { type: "array", items: { type: "string" } },
      size: { type: ["string", "number"] },
      lines: { type: "number" },
    },
    required: ["title"],
    additionalProperties: false,
  });
});

Deno.test("run gets what zod made of the params: trimmed, converted, with defaults", async () => {
  await using worker = await startWorker(NOTES, await zod());
  assert.deepEqual(await worker.value("add", [{ title: " x ", due: "2030-01-02", lines: "12" }], AT_TOOL), {
    title: "x",
    count: 7,
    due: new Date("2030-01-02"),
    lines: 12,
  });
  assert.equal(await worker.value("look", [{ id: "x" }], AT_TOOL), "x");
});

Deno.test("params that zod does not admit are refused before run in the words of JSON Schema", async () => {
  await using worker = await startWorker(NOTES, await zod());
  const cases: [unknown[], string][] = [
    [[{}], '"title" is missing; pass title as string'],
    [[], '"title" is missing; pass title as string'],
    [[{ title: 5 }], '"title" is 5; pass title as string'],
    [[{ title: "x", count: 1.5 }], '"count" is 1.5; pass count as integer'],
    [[{ title: "x", mode: "wild" }], '"mode" is "wild"; pass one of "fast", "slow"'],
    [[{ title: "x", colour: 1 }], '"colour" is not known; it takes title, count, mode, due, tags, size, lines'],
    [[{ title: "x", tags: ["a", 2] }], '"tags[1]" is 2; pass tags[1] as string'],
    [[{ title: "x", size: true }], '"size" is true; pass size as string or number'],
    [[{ title: "12345678901" }], '"title": Too big: expected string to have <=10 characters'],
    [[{ title: "no" }], '"params": a note needs a better title'],
    [[{ title: 1, count: 0 }], '"title" is 1; pass title as string. "count": Too small: expected number to be >=1'],
    [["text"], "its params are a string; pass one map of params"],
    [[[1]], "its params are a list; pass one map of params"],
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
  const late = await worker.call("look", [{ id: "y" }], AT_TOOL);
  assert.deepEqual(late.ok || late.fault["message"], 'Cannot call notes_look: "id": there is no such note');
  const two = await worker.call("add", [{ title: "x" }, 2], AT_TOOL);
  assert.ok(!two.ok && two.code === "invalid_argument");
  assert.equal(await worker.value("count"), 0);
});

Deno.test("an alternative's own refusals are told when no alternative fits", async () => {
  const code = `import { tool } from "meta-machine"; import { z } from "zod";
  const params = z.object({ at: z.union([z.object({ x: z.number() }), z.object({ x: z.string(), y: z.number(), z: z.number() })]) });
  export class Module { getAspect(name) { return name === "default" ? this : { go: tool({ description: "Goes.", params, run: () => 1 }) }; } }`;
  await using worker = await startWorker(code, await zod());
  const answer = await worker.call("go", [{ at: { x: true } }], AT_TOOL);
  assert.deepEqual(answer.ok || answer.fault["message"], 'Cannot call notes_go: "at.x" is true; pass at.x as number');
});

Deno.test("tool() refuses a schema that has no JSON Schema, or is none of a map", async () => {
  const code = `import { tool } from "meta-machine"; import { z } from "zod";
  export class Module {
    try() {
      const like = { "~standard": { version: 1, vendor: "other", validate: (value) => ({ value }) } };
      return [z.object({ at: z.date() }), z.string(), like].map((params) => {
        try { tool({ description: "x", params, run() {} }); return "made"; } catch (error) { return error.message; } });
    }
  }`;
  await using worker = await startWorker(code, await zod());
  assert.deepEqual(await worker.value("try"), [
    "tool(): params has no JSON Schema, which a model needs: Date cannot be represented in JSON Schema; take what JSON has, and .transform() it",
    'tool(): params is of type "string"; a tool takes a map: pass type "object"',
    'tool(): params is a schema of other, which doesn\'t give its JSON Schema; use one of zod: import { z } from "zod"',
  ]);
});
