import assert from "node:assert/strict";
import { markProblem } from "../../../kernel/workbench/types/mark_problem.ts";

const problem = { file: "m.ts", line: 2, column: 5, message: "no\nreally" };

Deno.test("markProblem shows the author's line with a mark under the place", () => {
  assert.equal(
    markProblem(problem, "plugins/m.ts", "a\nb = c;\n"),
    "plugins/m.ts:2:5 - no\n    really\n  2 | b = c;\n    |     ^",
  );
  assert.equal(markProblem(problem, "m.ts", undefined), "m.ts:2:5 - no\n    really");
});

Deno.test("markProblem shows a part of a long line", () => {
  const marked = markProblem({ ...problem, line: 1, column: 501 }, "m.ts", `${"x".repeat(500)}y${"z".repeat(500)}`);
  const [, , line, mark] = marked.split("\n");
  assert.equal(line![mark!.indexOf("^")], "y");
  assert.ok(line!.length < 140);
});
