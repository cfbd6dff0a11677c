import assert from "node:assert/strict";
import { pathsOf, pluginUrl, realPositions } from "../../kernel/loader/mod.ts";

function source(path: string, entry: string, files: string[]) {
  return { origin: "local" as const, path, entry, files: files.map((path) => ({ path, text: "" })), hash: "" };
}
const find = pathsOf(
  new Map([
    ["trainer", source("/home/me/plugins/tasks/rl_trainer.ts", "rl_trainer.ts", ["rl_trainer.ts"])],
    ["a", source("/home/me/plugins/a", "mod.ts", ["mod.ts", "b/mod.ts", "it's (é) 1.ts"])],
    ["a/b", source("/program/plugins/b", "mod.ts", ["mod.ts"])],
    ["lone", source("/home/me/plugins/mod.ts", "mod.ts", ["mod.ts"])],
  ]),
  "/home/me",
);

Deno.test("realPositions puts the path in the home in, and leaves line and column", () => {
  assert.equal(
    realPositions("Error\n    at f (plugin:///trainer/rl_trainer.ts:12:5)\n    at plugin:///a/mod.ts:1:2", find),
    "Error\n    at f (plugins/tasks/rl_trainer.ts:12:5)\n    at plugins/a/mod.ts:1:2",
  );
  assert.equal(
    realPositions("plugin:///trainer/rl_trainer.ts:3: import of", find),
    "plugins/tasks/rl_trainer.ts:3: import of",
  );
});

Deno.test("realPositions shows the absolute path of a module outside of the home", () => {
  assert.equal(realPositions("plugin:///a/b/mod.ts:1", find), "/program/plugins/b/mod.ts:1");
});

Deno.test("realPositions knows a file without a line, also at the end of a sentence", () => {
  assert.equal(
    realPositions("see plugin:///a/mod.ts, or plugin:///a/mod.ts.", find),
    "see plugins/a/mod.ts, or plugins/a/mod.ts.",
  );
  assert.equal(realPositions("plugin:///a/mod.ts: exports", find), "plugins/a/mod.ts: exports");
});

Deno.test("realPositions knows names with blanks and signs, encoded or as a stack shows them", () => {
  const name = "it's (é) 1.ts";
  assert.match(pluginUrl("a", name), /^plugin:\/\/\/a\/[\w%.]+$/);
  assert.equal(realPositions(`at ${pluginUrl("a", name)}:1:1`, find), `at plugins/a/${name}:1:1`);
  assert.equal(realPositions(`at (plugin:///a/${name}:1:1)`, find), `at (plugins/a/${name}:1:1)`);
});

Deno.test("realPositions knows a module of one file that is called mod.ts", () => {
  assert.equal(realPositions("plugin:///lone/mod.ts:1", find), "plugins/mod.ts:1");
});

Deno.test("realPositions leaves what it does not know", () => {
  for (
    const text of [
      "plugin:///nobody/mod.ts:1:1",
      "plugin:///a/other.ts:1:1",
      "plugin:///a:3:1",
      "plugin:///",
      "plugin:////etc/passwd:1",
      "plugin:///a/../../etc/passwd:1",
      "plugin:///a/%:1",
      "file:///a/mod.ts:1:1",
      "",
    ]
  ) assert.equal(realPositions(text, find), text);
});
