import assert from "node:assert/strict";
import { formatLogLine } from "../../kernel/primitives/format_log_line.ts";

Deno.test("formatLogLine writes local time with a comma before the milliseconds, the level and the message", () => {
  assert.equal(
    formatLogLine(new Date(2026, 10, 23, 13, 20, 1, 123).getTime(), "INFO", "message"),
    "2026-11-23 13:20:01,123 - INFO - message",
  );
  assert.equal(
    formatLogLine(new Date(2026, 0, 2, 3, 4, 5, 6).getTime(), "CRITICAL", ""),
    "2026-01-02 03:04:05,006 - CRITICAL - ",
  );
});
