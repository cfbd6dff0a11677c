import assert from "node:assert/strict";

Deno.test("everything a module has works, and no door to making code opens, under the no-eval flag", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-prompt", "--cached-only", "--no-check", "--quiet", "--unstable-worker-options"],
      ...[
        "--v8-flags=--disallow-code-generation-from-strings",
        new URL("worker_no_eval_child.ts", import.meta.url).pathname,
      ],
    ],
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout)), {
    go: [false, { a: 1 }, "function", "text", 4, { n: 42 }, "answer", "tester"],
    doors: ["EvalError", "EvalError", "TypeError", "TypeError"],
    walk: [],
    add: 2,
    wrong: 'Cannot call notes_add: "n" is missing; pass n as number',
    leaked: [],
  });
});
