import assert from "node:assert/strict";
import { toolName } from "../../kernel/contract/tool_spec.ts";

Deno.test("toolName joins api and entry by an underscore and has no slash", () => {
  assert.equal(toolName("filesystem", "read_file"), "filesystem_read_file");
  assert.equal(toolName("tasks/rl/trainer", "go"), "tasks_rl_trainer_go");
});

Deno.test("toolName takes 64 characters and gives nothing for one more", () => {
  assert.equal(toolName("a", "x".repeat(62))?.length, 64);
  assert.equal(toolName("a", "x".repeat(63)), undefined);
});

Deno.test("toolName gives nothing for characters that no tool name has", () => {
  for (const entry of ["a b", "ä", "a.b", "a/b", "a\n"]) assert.equal(toolName("a", entry), undefined);
});
