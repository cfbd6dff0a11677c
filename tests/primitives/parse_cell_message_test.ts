import assert from "node:assert/strict";
import fc from "fast-check";
import { callKey, type CellId, cellId } from "../../kernel/contract/names.ts";
import { isCallKey } from "../../kernel/contract/names.ts";
import { type CellMessage, HEADER_BOUNDS } from "../../kernel/contract/wire.ts";
import { parseCellMessage } from "../../kernel/primitives/parse_cell_message.ts";

const CELL = "notes~3" as CellId;
const HEX = "0a".repeat(32);
const CALL = { t: "call", id: 4, from: "1.2", api: "notes", aspect: "default", name: "add", kind: "call" };

const VALID: readonly Record<string, unknown>[] = [
  CALL,
  { ...CALL, kind: "get", parent: 0, timeout: 1.5, trace: "a-b", again: true, more: true },
  { ...CALL, kind: "lent", name: "3" },
  { ...CALL, resaid: true },
  { ...CALL, kind: "kept", lends: { functions: 2, streams: 1, as_caller: true, kept: ["on_change", ""] } },
  { ...CALL, lends: { functions: 0 } },
  { ...CALL, lends: {} },
  { ...CALL, api: "not a name", name: "", aspect: "" },
  { t: "reply", id: 0, ok: true },
  { t: "reply", id: 0, ok: false, code: "not_granted", more: true },
  { t: "reply", id: 0, ok: true, streams: 2 },
  { t: "items", at: "caller", id: 3, no: 0, count: 1 },
  { t: "items", at: "callee", id: 3, no: 2, count: 7, more: true },
  { t: "end", at: "callee", id: 3, no: 0 },
  { t: "end", at: "caller", id: 3, no: 0, code: "module_error", more: true },
  { t: "pull", at: "caller", id: 3, no: 0, upto: 64, bytes: 0 },
  { t: "stop", at: "callee", id: 0, no: 5 },
  { t: "revoke", from: "1.2", name: "on_change" },
  { t: "lend", from: "1.2", names: ["on_change", "on_end"], api: "tasks/notes" },
  { t: "attach", cell: CELL, incarnation: "ab12", proof: HEX, pid: 1 },
  { t: "report" },
  { t: "loaded", instance: "1.2" },
  { t: "failed", instance: "1.2", phase: "vanished" },
  { t: "ended", instance: "1.2", what: "worker" },
  { t: "piece", of: "vetted", id: 3, more: true },
  { t: "cancel", id: 3 },
  { t: "ack", ids: [] },
  { t: "ack", ids: [[0, 0], [1, 5], [7, 7]] },
  { t: "credit", bytes: 0, messages: 5 },
  { t: "figures" },
  { t: "dying", limit: "memory_mb", found: 300.5, allowed: 128 },
  { t: "dying", instance: "1.2", limit: "liveness_ms", found: 1, allowed: 1 },
  { t: "dying", instance: "1.2", limit: "liveness_ms", found: 1, allowed: 1, more: true },
  { t: "limit", instance: "1.2", limit: "messages_per_s", found: 12, allowed: 10 },
  { t: "vetted", id: 1, ok: false },
  { t: "state", id: 1, ok: true, more: true },
  { t: "fence" },
];

/** Fields that a message may lack. */
const OPTIONAL = new Set(["parent", "timeout", "trace", "again", "resaid", "more", "code", "lends", "streams"]);
const OPTIONAL_IN_DYING = new Set(["instance"]);

Deno.test("parseCellMessage gives every message of the wire back, as a fresh object without unknown fields", () => {
  const seen = new Set(VALID.map(({ t }) => t));
  const all: Record<CellMessage["t"], true> = {
    attach: true,
    report: true,
    loaded: true,
    failed: true,
    ended: true,
    call: true,
    reply: true,
    piece: true,
    cancel: true,
    items: true,
    end: true,
    pull: true,
    stop: true,
    revoke: true,
    lend: true,
    ack: true,
    credit: true,
    figures: true,
    dying: true,
    limit: true,
    vetted: true,
    state: true,
    fence: true,
  };
  assert.deepEqual([...seen].sort(), Object.keys(all).sort());
  for (const header of VALID) {
    const noisy = { ...header, extra: [1], __proto__x: 1 };
    const parsed = parseCellMessage(noisy);
    assert.deepEqual(parsed, header);
    assert.notEqual(parsed, noisy);
  }
});

Deno.test("parseCellMessage refuses a message that lacks a field", () => {
  for (const header of VALID) {
    for (const field of Object.keys(header)) {
      if (OPTIONAL.has(field) || (header["t"] === "dying" && OPTIONAL_IN_DYING.has(field))) continue;
      const { [field]: _, ...rest } = header;
      assert.equal(parseCellMessage(rest), undefined, `${header["t"]} without ${field}`);
    }
  }
});

Deno.test("parseCellMessage refuses a field of another type", () => {
  const lists = new Set(["ids"]);
  const records = new Set(["lends"]);
  const wrong = [null, {}, [], -1, NaN, "\u0000 #", 2 ** 60];
  for (const header of VALID) {
    for (const field of Object.keys(header)) {
      for (const value of wrong) {
        const free_text = typeof value === "string" && ["api", "aspect", "name", "trace"].includes(field);
        const any_amount = value === 2 ** 60 && ["timeout", "found", "allowed"].includes(field);
        const empty = Array.isArray(value) ? lists.has(field) : value?.constructor === Object && records.has(field);
        if (free_text || any_amount || empty) continue;
        assert.equal(
          parseCellMessage({ ...header, [field]: value }),
          undefined,
          `${header["t"]}.${field} = ${JSON.stringify(value)}`,
        );
      }
    }
  }
});

Deno.test("parseCellMessage refuses what a call can't lend", () => {
  const lending = (lends: unknown) => parseCellMessage({ ...CALL, lends });
  for (
    const lends of [
      { functions: -1 },
      { functions: 1.5 },
      { streams: "1" },
      { streams: null },
      { as_caller: false },
      { as_caller: 1 },
      { kept: "on_change" },
      { kept: [1] },
      { kept: ["a", null] },
    ]
  ) assert.equal(lending(lends), undefined, JSON.stringify(lends));
  assert.deepEqual(lending({ functions: 1, extra: 1 }), { ...CALL, lends: { functions: 1 } });
  assert.ok(lending({ kept: Array(16).fill("x".repeat(HEADER_BOUNDS.name)) }));
  assert.equal(lending({ kept: Array(17).fill("x") }), undefined);
  assert.equal(lending({ kept: ["x".repeat(HEADER_BOUNDS.name + 1)] }), undefined);
});

Deno.test("parseCellMessage refuses words of streams that no end can say", () => {
  const items = { t: "items", at: "caller", id: 3, no: 0, count: 1 };
  for (const at of ["Caller", "both", "", undefined, 0]) assert.equal(parseCellMessage({ ...items, at }), undefined);
  for (const count of [0, -1, 0.5, undefined]) assert.equal(parseCellMessage({ ...items, count }), undefined);
  const end = { t: "end", at: "caller", id: 3, no: 0 };
  for (const code of ["none", "constructor", 0]) assert.equal(parseCellMessage({ ...end, code }), undefined);
  assert.equal(parseCellMessage({ t: "revoke", from: "1.2", name: "x".repeat(HEADER_BOUNDS.name + 1) }), undefined);
  assert.ok(parseCellMessage({ t: "revoke", from: "1.2", name: "x".repeat(HEADER_BOUNDS.name) }));
  const lend = (names: unknown, api: unknown = "b", from: unknown = "1.2") =>
    parseCellMessage({ t: "lend", from, names, api });
  const names = (count: number, length: number = HEADER_BOUNDS.name) => Array(count).fill("x".repeat(length));
  assert.ok(lend(names(HEADER_BOUNDS.kept), "x".repeat(HEADER_BOUNDS.api)));
  for (
    const refused of [
      lend(names(HEADER_BOUNDS.kept + 1, 1)),
      lend(names(1, HEADER_BOUNDS.name + 1)),
      lend(["a"], "x".repeat(HEADER_BOUNDS.api + 1)),
      lend(["a"], "b", "no instance"),
      lend("a"),
      lend([1]),
    ]
  ) assert.equal(refused, undefined);
});

Deno.test("parseCellMessage takes names as long as their bounds and refuses one character more", () => {
  for (const field of ["api", "aspect", "name", "trace"] as const) {
    assert.ok(parseCellMessage({ ...CALL, [field]: "x".repeat(HEADER_BOUNDS[field]) }));
    assert.equal(parseCellMessage({ ...CALL, [field]: "x".repeat(HEADER_BOUNDS[field] + 1) }), undefined);
  }
  const attach = { t: "attach", cell: CELL, incarnation: "a", proof: HEX, pid: 1 };
  for (const field of ["incarnation", "proof"] as const) {
    assert.ok(parseCellMessage({ ...attach, [field]: "a".repeat(HEADER_BOUNDS[field]) }));
    assert.equal(parseCellMessage({ ...attach, [field]: "a".repeat(HEADER_BOUNDS[field] + 2) }), undefined);
  }
});

Deno.test("parseCellMessage refuses ranges that overlap, run backwards or are too many", () => {
  const ack = (ids: unknown) => parseCellMessage({ t: "ack", ids });
  for (
    const ids of [[[2, 1]], [[1, 2], [2, 3]], [[5, 6], [1, 2]], [[1]], [[1, 2, 3]], [[0.5, 1]], [["0", "1"]], [1], "x"]
  ) {
    assert.equal(ack(ids), undefined, JSON.stringify(ids));
  }
  const ranges = (count: number) => Array.from({ length: count }, (_, i) => [2 * i, 2 * i]);
  assert.ok(ack(ranges(1_024)));
  assert.equal(ack(ranges(1_025)), undefined);
  assert.ok(ack([[1, 1_000], [2_001, 2_024]]));
  assert.equal(ack([[1, 1_000], [2_001, 2_025]]), undefined);
});

Deno.test("parseCellMessage refuses inherited and unknown names of kinds", () => {
  for (const t of ["toString", "__proto__", "nonce", "welcome", "", undefined, 5, ["call"]]) {
    assert.equal(parseCellMessage({ ...CALL, t }), undefined);
  }
  assert.equal(parseCellMessage({ t: "reply", id: 1, ok: false, code: "toString" }), undefined);
  assert.equal(parseCellMessage({ t: "reply", id: 1, ok: false, code: "constructor" }), undefined);
  for (const header of [null, undefined, 1, "call", [], [CALL]]) assert.equal(parseCellMessage(header), undefined);
});

Deno.test("parseCellMessage admits only incarnations that a call key can hold", () => {
  for (const incarnation of ["a b", "a#b", "", "a\n", "é", "a!b"]) {
    assert.equal(parseCellMessage({ t: "attach", cell: CELL, incarnation, proof: HEX, pid: 1 }), undefined);
  }
  assert.ok(isCallKey(callKey(cellId("a/b", 3), 5)));
});

Deno.test("parseCellMessage never throws on any JSON", () => {
  const t = fc.constantFrom(...VALID.map((header) => header["t"]));
  fc.assert(
    fc.property(
      fc.jsonValue(),
      t,
      fc.dictionary(fc.constantFrom(...new Set(VALID.flatMap(Object.keys))), fc.jsonValue()),
      (value, t, fields) => {
        parseCellMessage(value);
        parseCellMessage({ ...fields, t });
      },
    ),
    { numRuns: 3_000 },
  );
});
