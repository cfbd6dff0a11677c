import assert from "node:assert/strict";
import { linesOf } from "../../kernel/std/yaml_lines.ts";

const TEXT = `# a comment
api: x

grants:
  net:
    - a:1
    - b:2
  services: [p,
    {api: q, methods: [r]}]
1: one
"quoted key": 2
`;

Deno.test("linesOf tells the line of a key, of a list entry and of what is inside either", () => {
  const line = linesOf(TEXT);
  assert.equal(line([]), 2);
  assert.equal(line(["api"]), 2);
  assert.equal(line(["grants"]), 4);
  assert.equal(line(["grants", "net"]), 5);
  assert.equal(line(["grants", "net", 1]), 7);
  assert.equal(line(["grants", "services", 0]), 8);
  assert.equal(line(["grants", "services", 1, "methods", 0]), 9);
});

Deno.test("linesOf takes keys as the texts they become", () => {
  assert.equal(linesOf(TEXT)(["1"]), 10);
  assert.equal(linesOf(TEXT)(["quoted key"]), 11);
});

Deno.test("linesOf knows nothing of what has no place of its own", () => {
  const line = linesOf(TEXT);
  assert.equal(line(["nope"]), undefined);
  assert.equal(line(["grants", "net", 2]), undefined);
  assert.equal(line(["api", "x"]), undefined);
  assert.equal(linesOf("a: &a {b: 1}\nc: *a\n")(["c", "b"]), undefined);
  assert.equal(linesOf("a: &a {b: 1}\nc:\n  <<: *a\n")(["c", "b"]), undefined);
});

Deno.test("linesOf never throws", () => {
  for (const text of ["", "a: [", "a: *nope", "\t", "[".repeat(20_000), "a: 1\na: 2", "--- a\n--- b"]) {
    assert.doesNotThrow(() => linesOf(text)(["a", 0, "b"]));
  }
});
