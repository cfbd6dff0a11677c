import assert from "node:assert/strict";
import { sourceFiles } from "./source_files.ts";

/** A file is one idea. Longer ones have grown a second. */
const MOST_LINES = 250;

Deno.test(`no source file is longer than ${MOST_LINES} lines`, () => {
  const long = sourceFiles(["main.ts", "kernel", "plugins", "bench"])
    .map(({ path, text }) => ({ path, lines: text.split("\n").length }))
    .filter(({ lines }) => lines > MOST_LINES);
  assert.deepEqual(long, []);
});
