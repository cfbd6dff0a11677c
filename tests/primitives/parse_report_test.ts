import assert from "node:assert/strict";
import {
  parseCellFigures,
  parseCellReport,
  parseLastWords,
  parseLoaded,
} from "../../kernel/primitives/parse_report.ts";

const TOOL = {
  entry: "read",
  description: "Reads.",
  params: { type: "object" },
  readOnly: true,
  destructive: false,
  idempotent: true,
  openWorld: false,
};
const REPORTED = {
  instance: "1.2",
  api: "notes",
  hash: "0a".repeat(32),
  phase: "ready",
  started_at: 5.5,
  has_run: false,
  tools: [TOOL],
};
const REPORT = { instances: [REPORTED], holds: ["notes~1!ab#5"] };
const FIGURE = { instance: "1.2", active_tasks: 0, error_count: 1, last_error_time: null };
const FIGURES = { rss: 1e8, cpu_ms: 12.5, instances: [FIGURE, { ...FIGURE, last_error_time: 1.5 }] };

Deno.test("parseCellReport gives a report back without unknown fields", () => {
  assert.deepEqual(
    parseCellReport({ instances: [{ ...REPORTED, x: 1, tools: [{ ...TOOL, x: 1 }] }], holds: REPORT.holds, x: 1 }),
    REPORT,
  );
  assert.deepEqual(parseCellReport({ instances: [], holds: [] }), { instances: [], holds: [] });
  const stateful = { ...REPORTED, version: "1.10", state: "both", awaits_state: true };
  assert.deepEqual(parseCellReport({ ...REPORT, instances: [stateful] })?.instances, [stateful]);
  const to = Array.from({ length: 64 }, (_, n) => `store${n}`);
  const lending = { ...REPORTED, kept: Array(256).fill({ name: "x".repeat(128), to }) };
  assert.deepEqual(parseCellReport({ ...REPORT, instances: [lending] })?.instances, [lending]);
});

Deno.test("parseCellReport refuses any field that is not what the wire says", () => {
  for (
    const change of [
      { instance: "x" },
      { api: 5 },
      { api: "x".repeat(161) },
      { hash: "" },
      { hash: "a b" },
      { hash: "x".repeat(129) },
      { phase: "done" },
      { started_at: -1 },
      { has_run: 1 },
      { tools: [{}] },
      { tools: null },
      { tools: [TOOL, TOOL] },
      { version: 1 },
      { version: "x".repeat(257) },
      { state: "none" },
      { awaits_state: false },
      { kept: {} },
      { kept: [{ name: 5, to: [] }] },
      { kept: [{ name: "x".repeat(129), to: [] }] },
      { kept: [{ name: "x", to: "store" }] },
      { kept: [{ name: "x", to: ["x".repeat(161)] }] },
      { kept: [{ name: "x", to: Array(65).fill("store") }] },
      { kept: Array(257).fill({ name: "x", to: [] }) },
    ]
  ) {
    assert.equal(
      parseCellReport({ ...REPORT, instances: [{ ...REPORTED, ...change }] }),
      undefined,
      JSON.stringify(change),
    );
  }
  for (const holds of [undefined, ["x"], [5], Array(65_537).fill("a!b#1")]) {
    assert.equal(parseCellReport({ ...REPORT, holds }), undefined);
  }
  assert.equal(parseCellReport({ ...REPORT, instances: Array(1_025).fill(REPORTED) }), undefined);
  for (const value of [null, [], "x", undefined]) assert.equal(parseCellReport(value), undefined);
});

Deno.test("parseCellFigures gives figures back and refuses what are none", () => {
  assert.deepEqual(parseCellFigures({ ...FIGURES, x: 1 }), FIGURES);
  for (const change of [{ rss: -1 }, { rss: Infinity }, { cpu_ms: "1" }, { instances: null }]) {
    assert.equal(parseCellFigures({ ...FIGURES, ...change }), undefined);
  }
  for (
    const change of [{ instance: 1 }, { active_tasks: -1 }, { error_count: 1.5 }, { last_error_time: "now" }, {
      last_error_time: undefined,
    }]
  ) {
    assert.equal(parseCellFigures({ ...FIGURES, instances: [{ ...FIGURE, ...change }] }), undefined);
  }
});

Deno.test("parseLoaded gives tools and the run task back and refuses what is neither", () => {
  assert.deepEqual(parseLoaded({ tools: [TOOL], run: true, x: 1 }), { tools: [TOOL], run: true });
  assert.deepEqual(parseLoaded({ tools: [], run: false, state: "import" }), { tools: [], run: false, state: "import" });
  assert.equal(parseLoaded({ tools: [], run: false, state: true }), undefined);
  for (const value of [null, {}, { tools: [] }, { run: true }, { tools: [], run: 1 }, { tools: [5], run: true }]) {
    assert.equal(parseLoaded(value), undefined);
  }
});

Deno.test("parseLastWords takes numbers of calls and nothing else", () => {
  assert.deepEqual(parseLastWords({ spared: [], x: 1 }), { spared: [] });
  assert.deepEqual(parseLastWords({ running: 3, spared: [4, 5] }), { running: 3, spared: [4, 5] });
  const spared = Array.from({ length: 65_536 }, (_, id) => id);
  assert.equal(parseLastWords({ spared })?.spared.length, 65_536);
  for (const lie of [null, [], {}, { spared: 1 }, { spared: ["1"] }, { spared: [-1] }, { spared: [], running: "1" }]) {
    assert.equal(parseLastWords(lie), undefined, JSON.stringify(lie));
  }
  assert.equal(parseLastWords({ spared: [...spared, 1] }), undefined);
});
