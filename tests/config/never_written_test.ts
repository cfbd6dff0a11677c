import assert from "node:assert/strict";
import { neverWritten } from "../../kernel/config/never_written.ts";

const refused = (path: string, mode: "r" | "rw" = "rw") => neverWritten([{ path, mode }]) !== undefined;

Deno.test("neverWritten finds what the host runs from, whatever is below it and however it is spelled", () => {
  for (
    const path of [
      ...[
        ".",
        "configs",
        "configs/services",
        "plugins",
        "plugins/a",
        "prompts",
        "kernel",
        "libs",
        "Configs",
        "PLUGINS/a",
      ],
      ...[
        "runtime",
        "runtime/image",
        "runtime/image/allowed",
        "runtime/run",
        "runtime/files2",
        "Runtime/logs",
        ".git",
        ".meta/x",
      ],
      ...["main.ts", "deno.json", "deno.lock", "node_modules"],
    ]
  ) assert.ok(refused(path), path);
});

Deno.test("neverWritten leaves the folders of modules and of the operator", () => {
  for (const path of ["runtime/files", "runtime/files/a", "shared", "configs2", "docs/plugins"]) {
    assert.ok(!refused(path), path);
  }
});

Deno.test("neverWritten is not about reading", () => {
  assert.ok(!refused("configs", "r"));
});
