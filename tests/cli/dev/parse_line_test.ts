import assert from "node:assert/strict";
import { parseLine } from "../../../kernel/cli/dev/parse_line.ts";

Deno.test("parseLine takes JSON where it is JSON, and text without quotes for the rest", () => {
  const cases: [string, string, unknown[]][] = [
    ['add "buy milk"', "add", ["buy milk"]],
    ["add milk 5 true null", "add", ["milk", 5, true, null]],
    ['  set   {"a": [1, {"b": "x } y"}]}  [1, "]"] ', "set", [{ a: [1, { b: "x } y" }] }, [1, "]"]]],
    ['say "a \\" b"', "say", ['a " b']],
    ["path a/b.txt it's 5px", "path", ["a/b.txt", "it's", "5px"]],
    ['x ""', "x", [""]],
    ["list", "list", []],
  ];
  for (const [text, method, args] of cases) assert.deepEqual(parseLine(text), { kind: "call", method, args }, text);
});

Deno.test("parseLine knows commands by their dot", () => {
  assert.deepEqual(parseLine('.tool add {"a": 1}'), { kind: "command", name: "tool", args: ["add", { a: 1 }] });
  assert.deepEqual(parseLine(".quit"), { kind: "command", name: "quit", args: [] });
});

Deno.test("parseLine says what has no end", () => {
  assert.deepEqual(parseLine('add "x'), { kind: "wrong", why: 'a text has no end: close it with "' });
  assert.deepEqual(parseLine('add {"a": [1'), { kind: "wrong", why: "a list or map has no end: close it with ]" });
  assert.deepEqual(parseLine("   "), { kind: "empty" });
});
