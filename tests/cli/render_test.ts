import assert from "node:assert/strict";
import { jsonText } from "../../kernel/cli/json_text.ts";
import { parseArgument } from "../../kernel/cli/parse_argument.ts";
import { parseLines } from "../../kernel/cli/parse_lines.ts";
import { renderAge } from "../../kernel/cli/render_age.ts";
import { renderStatus } from "../../kernel/cli/render_status.ts";
import { renderTable } from "../../kernel/cli/render_table.ts";
import { safeBlock, safeLine, safeText } from "../../kernel/cli/safe_text.ts";
import { renderStates } from "../../kernel/cli/state.ts";
import type { ModuleState } from "../../kernel/contract/status.ts";

Deno.test("renderAge says two units, the larger one first", () => {
  const said = [0, 59.9, 60, 192, 3_599, 3_600, 7_500, 86_399, 86_400, 273_600, -1].map(renderAge);
  assert.deepEqual(said, ["0s", "59s", "1m00s", "3m12s", "59m59s", "1h00m", "2h05m", "23h59m", "1d00h", "3d04h", "0s"]);
});

Deno.test("renderTable aligns columns by their widest cell and leaves no blanks at line ends", () => {
  const columns = [{ title: "API" }, { title: "N", align: "right" }, { title: "LAST" }] as const;
  const table = renderTable(columns, [["database", "5", "x"], ["a", "12345", ""]], false);
  assert.equal(table, "API           N  LAST\ndatabase      5  x\na         12345");
});

Deno.test("renderTable colours a cell without counting the colour as width", () => {
  const rows = [[{ text: "ok", colour: "green" as const }, "x"]];
  const columns = [{ title: "STATE" }, { title: "B" }];
  assert.equal(renderTable(columns, rows, false).split("\n")[1], "ok     x");
  assert.equal(renderTable(columns, rows, true).split("\n")[1], "\x1b[32mok\x1b[0m     x");
});

Deno.test("renderStatus shows why a module does not run, and that there is none", () => {
  const kernel = { version: "0.1.0", config: "meta.yml", pid: 1, uptime: 5 };
  assert.match(renderStatus({ kernel, modules: [] }, false), /\nno modules: put a config into configs\/$/);
  const module = {
    api: "notes",
    prog: "notes",
    origin: "local",
    config: "configs/notes.yml",
    version: "1.2",
    state: "quarantined" as ModuleState,
    cell: null,
    pid: null,
    uptime: 0,
    active_tasks: 0,
    error_count: 3,
    last_error_time: null,
    restarts: 5,
    memory_mb: 0,
    cpu_s: 0,
    calls: 0,
    faults: 0,
    p50_ms: null,
    p99_ms: 123.4,
    reason: "it failed\n5 times",
  };
  const lines = renderStatus({ kernel, modules: [module] }, false).split("\n");
  assert.match(lines[3]!, /^notes +quarantined +- +0 +0 +3 +5 +- +123 +- +- +- +configs\/notes\.yml$/);
  assert.deepEqual(lines.slice(5), ["notes: it failed", "    5 times"]);
  assert.ok(renderStatus({ kernel, modules: [module] }, true).includes("\x1b[31mquarantined\x1b[0m"));
});

Deno.test("parseArgument takes JSON as JSON and everything else as the text itself", () => {
  const parsed = ["1", "-5", "true", "null", '"a b"', '{"a":[1]}', "a b", "{a:1}", "", "01", "NaN"].map(parseArgument);
  assert.deepEqual(parsed, [1, -5, true, null, "a b", { a: [1] }, "a b", "{a:1}", "", "01", "NaN"]);
});

Deno.test("parseLines takes counts up to its bound and refuses one more", () => {
  assert.equal(parseLines("0"), 0);
  assert.equal(parseLines("10000"), 10_000);
  for (const text of ["10001", "-1", "1.5", "", "ten", "1e3"]) assert.throws(() => parseLines(text), /from 0 to 10000/);
});

Deno.test("jsonText escapes what would move a terminal's cursor or turn its text around", () => {
  const text = jsonText({ a: "\x1b[2J\x9b2J\u202eevil\u2028\x7f" }, "line");
  assert.equal(text, '{"a":"\\u001b[2J\\u009b2J\\u202eevil\\u2028\\u007f"}');
  assert.deepEqual(JSON.parse(text), { a: "\x1b[2J\x9b2J\u202eevil\u2028\x7f" });
});

Deno.test("safe texts keep lines where they may and let no control character through", () => {
  const hostile = "one\ntwo\x1b[2J\r\x07";
  // deno-lint-ignore no-control-regex
  const control = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;
  for (const safe of [safeText(hostile), safeLine(hostile), safeBlock(hostile)]) assert.doesNotMatch(safe, control);
  assert.equal(safeText(hostile).split("\n").length, 2);
  assert.equal(safeLine(hostile).split("\n").length, 1);
  assert.match(safeBlock(hostile), /^one\n {4}two/);
});

Deno.test("states are a table with size, age, and why one lies aside", () => {
  const at = Date.parse("2026-01-01T00:00:00.000Z");
  const time = "2025-12-31T22:55:00.000Z";
  const text = renderStates(
    [
      { api: "counter", bytes: 12, time, set_aside: false },
      { api: "tasks/one", bytes: 2_048, time, set_aside: true, why: "it\u001b[31m threw" },
    ],
    at,
    false,
  );
  assert.equal(
    text,
    `API            SIZE    AGE  SET ASIDE
counter    12 bytes  1h05m  -
tasks/one   2.0 KiB  1h05m  yes: it\\u{1b}[31m threw`,
  );
});
