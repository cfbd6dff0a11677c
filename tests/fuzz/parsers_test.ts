/** Parsers of what others wrote: whatever it is, they answer in their own words, and what they let through is what they say it is. Those with a property test at their own place are not here. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseConfig, parseLock, parseMeta } from "../../kernel/config/mod.ts";
import { PARAM_PARSERS } from "../../kernel/control/parse_params.ts";
import { parseControlRequest } from "../../kernel/primitives/parse_control_request.ts";
import { parseFault } from "../../kernel/primitives/parse_fault.ts";
import {
  parseCellFigures,
  parseCellReport,
  parseLastWords,
  parseLoaded,
} from "../../kernel/primitives/parse_report.ts";
import { parseStartCell } from "../../kernel/primitives/parse_start_cell.ts";
import { parseTools } from "../../kernel/primitives/parse_tool_spec.ts";
import { nestsAtMost } from "../../kernel/primitives/scan_depth.ts";
import { decodeMappings, originOf } from "../../kernel/primitives/source_map.ts";
import { buildCommand } from "../../kernel/watchdog/build_command.ts";
import { splitLines } from "../../kernel/watchdog/split_lines.ts";
import { propertySettings } from "./settings.ts";

/** A record that has these fields, right or wrong. */
function recordOf(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  const right_or_wrong = Object.entries(fields).map(([name, right]) =>
    [name, fc.oneof({ arbitrary: right, weight: 9 }, { arbitrary: fc.jsonValue(), weight: 1 })] as const
  );
  return fc.record(Object.fromEntries(right_or_wrong), { requiredKeys: [] });
}
const instance = fc.constantFrom("1.1", "7.12", "0.0");
const name = fc.oneof(fc.constantFrom("notes", "a/b", "__proto__", "then"), fc.string({ maxLength: 40 }));
const loan = recordOf({ name, to: fc.array(name) });
const reported = recordOf({
  instance,
  api: name,
  hash: fc.constantFrom("abc", "A-_9"),
  phase: fc.constantFrom("loading", "ready", "running", "shutting_down", "failed"),
  started_at: fc.double({ noNaN: true }),
  has_run: fc.boolean(),
  tools: fc.array(fc.jsonValue(), { maxLength: 2 }),
  state: fc.constantFrom("export", "import", "both"),
  awaits_state: fc.constant(true),
  kept: fc.array(loan, { maxLength: 3 }),
});
const report = recordOf({
  instances: fc.array(reported, { maxLength: 3 }),
  holds: fc.array(fc.constantFrom("a~1#1", "x#", "#")),
});
const figures = recordOf({
  rss: fc.nat(),
  cpu_ms: fc.double(),
  instances: fc.array(
    recordOf({ instance, active_tasks: fc.nat(), error_count: fc.nat(), last_error_time: fc.constant(null) }),
  ),
});

Deno.test("parsers of a cell's payloads answer whatever it said, and what they let through reads the same again", () => {
  const payload = fc.oneof(
    report,
    figures,
    recordOf({ tools: fc.array(fc.jsonValue()), run: fc.boolean() }),
    fc.jsonValue(),
  );
  const parsers = [parseCellReport, parseCellFigures, parseLoaded, parseLastWords, parseFault, parseTools];
  fc.assert(
    fc.property(payload, (said) => {
      for (const parse of parsers) {
        const parsed = (parse as (value: unknown) => unknown)(said);
        if (parsed === undefined) continue;
        const text = JSON.stringify(parsed);
        assert.equal(JSON.stringify((parse as (value: unknown) => unknown)(JSON.parse(text))), text);
      }
    }),
    propertySettings(3_000),
  );
});

Deno.test("what an order to start a cell lets through becomes a command whose lists have no entry more than it named", () => {
  const path = fc.oneof(
    fc.constantFrom(".", "a", "a/b", "..", "/etc", "a,b", "a\nb", "a//b", "-x", "--allow-all"),
    fc.string({ unit: "binary", maxLength: 12 }),
  );
  const host = fc.oneof(
    fc.constantFrom("a:1", "[::1]:80", "*", "a:99999", "a:1,b:2", "unix:/x"),
    fc.string({ maxLength: 12 }),
  );
  const order = recordOf({
    t: fc.constant("start_cell"),
    cell: fc.constantFrom("a~1", "@vet~1", "@warm~2", "@x~1", "a~"),
    folders: fc.array(fc.record({ path, mode: fc.constantFrom("r", "rw") }), { maxLength: 3 }),
    net: fc.array(host, { maxLength: 3 }),
    limits: recordOf({ memory_mb: fc.nat(2_000), heap_mb: fc.nat(2_000) }),
  });
  const places = { home: "/h", program: "/p", run: "/r", entry: "/p/kernel/roles", bundler_wasm: "/w" };
  fc.assert(
    fc.property(order, (said) => {
      const parsed = parseStartCell(said);
      const command = parsed && buildCommand(places, parsed);
      if (parsed === undefined || !command?.ok) return;
      const entries = (flag: string) =>
        command.value.find((arg) => arg.startsWith(`--allow-${flag}=`))!.split(",").length;
      const vet = parsed.cell.startsWith("@vet") ? 1 : 0;
      assert.equal(entries("read"), 2 + vet + parsed.folders.length);
      assert.equal(entries("write"), 1 + parsed.folders.filter(({ mode }) => mode === "rw").length);
      assert.equal(entries("net"), 1 + parsed.net.length);
      assert.equal(command.value.filter((arg) => arg.startsWith("--allow-")).length, 3);
    }),
    propertySettings(3_000),
  );
});

Deno.test("params of the operator's verbs are let through or refused by name, whatever they are", () => {
  const map = recordOf({
    api: name,
    method: name,
    aspect: name,
    args: fc.array(fc.jsonValue()),
    follow: fc.boolean(),
    lines: fc.integer(),
    grep: fc.string(),
    since: fc.constantFrom("2026-01-31T12:00:00.000Z", "yesterday"),
    after: fc.constantFrom("1-1", "x"),
    level: fc.constantFrom("INFO", "LOUD"),
  });
  fc.assert(
    fc.property(fc.oneof(map, fc.jsonValue()), fc.jsonValue(), (params, header) => {
      parseControlRequest(header);
      for (const [verb, parse] of Object.entries(PARAM_PARSERS)) {
        const parsed = (parse as (params: unknown) => { ok: boolean; fault?: { code: string; message: string } })(
          params,
        );
        if (!parsed.ok) {
          assert.deepEqual([parsed.fault!.code, parsed.fault!.message.startsWith(verb)], ["invalid_argument", true]);
        }
      }
    }),
    propertySettings(2_000),
  );
});

Deno.test("nestsAtMost tells the depth that a parser finds", () => {
  const depthOf = (value: unknown): number =>
    typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.nat(9), (value, depth) => {
      assert.equal(nestsAtMost(depth, JSON.stringify(value, null, 1)), depthOf(value) <= depth);
    }),
    propertySettings(3_000),
  );
});

/** YAML as a tired person, a model or an attacker writes it. */
const scalar = fc.constantFrom(
  ...[
    "",
    "null",
    "true",
    "12",
    "-1",
    "1e99",
    ".inf",
    ".nan",
    "0x1f",
    "notes",
    "../../x",
    "[a, b]",
    "[[[",
    "{a: 1}",
    "{",
    "'x",
    '"\\u0000"',
  ],
  ...[
    "&a [1]",
    "*a",
    "*b",
    "!!js/function 'x'",
    "!!binary aGk=",
    "| \n  text",
    "> x",
    "<<: *a",
    "2026-01-01",
    "~",
    "@x",
    "%",
    "- 1",
    "? x",
  ],
);
const key = fc.constantFrom(
  ...[
    "api",
    "prog",
    "grants",
    "limits",
    "restart",
    "reload",
    "start",
    "idle_ms",
    "cell",
    "approve",
    "own",
    "__proto__",
    "<<",
  ],
  ...[
    "services",
    "net",
    "secrets",
    "memory_mb",
    "max",
    "window_s",
    "origin",
    "hash",
    "notes",
    "constructor",
    "warm_cells",
    "log_max_mb",
  ],
);
const line = fc.tuple(
  fc.constantFrom("", "  ", "    ", "\t", "- ", "  - "),
  key,
  fc.constantFrom(": ", ":", " : "),
  scalar,
)
  .map((parts) => parts.join(""));
const yaml = fc.oneof(
  { arbitrary: fc.array(line, { maxLength: 8 }).map((lines) => lines.join("\n")), weight: 8 },
  { arbitrary: fc.string({ unit: "binary", maxLength: 80 }), weight: 1 },
  { arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)), weight: 1 },
);

Deno.test("parseConfig, parseLock and parseMeta answer whatever stands in the file, and touch no prototype", () => {
  fc.assert(
    fc.property(yaml, fc.constantFrom("configs/notes.yml", "configs/a/b-v2.yml", "configs/-v.yml"), (text, file) => {
      const config = parseConfig({ file, text });
      if (config.ok) assert.ok(config.spec.limits.memory_mb > 0 && config.spec.restart.max >= 0);
      else assert.ok(config.rejection.file === file);
      parseLock(text);
      parseMeta(text);
      for (const leaked of ["api", "grants", "services", "notes"]) {
        assert.equal(({} as Record<string, unknown>)[leaked], undefined);
      }
    }),
    propertySettings(800),
  );
});

Deno.test("decodeMappings reads any text or throws a SyntaxError, and originOf answers for any place", () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom("A", "C", "g", "/", "+", ",", ";", "9", "!"), maxLength: 60 }),
    fc.string(),
  );
  fc.assert(
    fc.property(text, fc.integer({ min: -2, max: 9 }), fc.integer(), (mappings, at, column) => {
      try {
        originOf(decodeMappings(mappings), at, column);
      } catch (error) {
        assert.ok(error instanceof SyntaxError, String(error));
      }
    }),
    propertySettings(3_000),
  );
});

Deno.test("splitLines gives the same lines however the chunks fall, and none above its cap", () => {
  const CAP = 12;
  const chunk = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc.constantFrom(..."\n \r\n é\n x\n\n".split(" ")).map((t) => new TextEncoder().encode(t)),
  );
  const linesOf = (chunks: readonly Uint8Array[]) => {
    const lines: [string, boolean][] = [];
    const split = splitLines(CAP, (line, cut) => lines.push([line, cut]));
    for (const one of chunks) split.push(one);
    split.end();
    return lines;
  };
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 8 }), (chunks) => {
      const whole = new Uint8Array(chunks.flatMap((one) => [...one]));
      const lines = linesOf(chunks);
      assert.deepEqual(lines, linesOf([whole]));
      assert.ok(lines.every(([line]) => line.length <= CAP));
    }),
    propertySettings(2_000),
  );
});
