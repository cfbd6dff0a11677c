import assert from "node:assert/strict";
import { scripted } from "../../../kernel/workbench/testing/mod.ts";

type Fn = (...args: unknown[]) => unknown;

Deno.test("scripted keeps each call with its arguments, in order, until it is cleared", () => {
  const script = scripted({ a: { x: (n: number) => n + 1, title: "t" }, b: { y: () => 2 } });
  assert.equal((script.services["a"]!["x"] as Fn)(1), 2);
  (script.services["b"]!["y"] as Fn)();
  (script.services["a"]!["x"] as Fn)(5);
  assert.deepEqual(script.calls("a"), [[1], [5]]);
  assert.deepEqual(script.calls("a", "x"), [[1], [5]]);
  assert.deepEqual(script.calls("a", "z"), []);
  assert.deepEqual(script.all.map(({ api, method }) => `${api}.${method}`), ["a.x", "b.y", "a.x"]);
  assert.equal(script.services["a"]!["title"], "t");
  script.clear();
  assert.deepEqual(script.all, []);
});

Deno.test("scripted records the faces that a service gives for its aspects", () => {
  const script = scripted({ a: { x: () => 1, getAspect: (name: string) => ({ go: () => name }) } });
  const getAspect = script.services["a"]!["getAspect"] as (name: string) => Record<string, Fn>;
  assert.equal(getAspect("default")["x"]!(), 1);
  assert.equal(getAspect("tool")["go"]!(), "tool");
  assert.deepEqual(script.all.map(({ aspect, method }) => [aspect, method]), [["default", "x"], ["tool", "go"]]);
});
