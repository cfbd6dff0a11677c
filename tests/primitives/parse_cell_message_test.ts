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
  { ...CALL, kind: "get", parent: 0, timeout: 1.5, trace: "a-b", again: true, n: 9, more: true },
  { ...CALL, api: "not a name", name: "", aspect: "" },
  { t: "reply", id: 0, ok: true },
  { t: "reply", id: 0, ok: false, code: "not_granted", n: 3, more: true },
  { t: "attach", cell: CELL, incarnation: "ab12", proof: HEX, pid: 1 },
  { t: "report", n: 5 },
  { t: "loaded", instance: "1.2", n: 5 },
  { t: "failed", instance: "1.2", phase: "vanished", n: 5 },
  { t: "ended", instance: "1.2", what: "worker" },
  { t: "piece", of: "vetted", id: 3, n: 1, more: true },
  { t: "cancel", id: 3 },
  { t: "ack", ids: [] },
  { t: "ack", ids: [[0, 0], [1, 5], [7, 7]] },
  { t: "credit", bytes: 0, messages: 5 },
  { t: "figures", n: 1 },
  { t: "dying", limit: "memory_mb", found: 300.5, allowed: 128 },
  { t: "dying", instance: "1.2", limit: "liveness_ms", found: 1, allowed: 1 },
  { t: "vetted", id: 1, ok: false, n: 2 },
  { t: "state", id: 1, ok: true, n: 2, more: true },
  { t: "fence" },
];

/** Fields that a message may lack. */
const OPTIONAL = new Set(["parent", "timeout", "trace", "again", "n", "more", "code", "instance of dying"]);

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
    ack: true,
    credit: true,
    figures: true,
    dying: true,
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
      if (OPTIONAL.has(field) || (header["t"] === "dying" && field === "instance")) continue;
      const { [field]: _, ...rest } = header;
      assert.equal(parseCellMessage(rest), undefined, `${header["t"]} without ${field}`);
    }
  }
});

Deno.test("parseCellMessage refuses a field of another type", () => {
  const wrong = [null, {}, [], -1, NaN, "\u0000 #", 2 ** 60];
  for (const header of VALID) {
    for (const field of Object.keys(header)) {
      for (const value of wrong) {
        const free_text = typeof value === "string" && ["api", "aspect", "name", "trace"].includes(field);
        const any_amount = value === 2 ** 60 && ["timeout", "found", "allowed"].includes(field);
        const empty_ack = Array.isArray(value) && field === "ids";
        if (free_text || any_amount || empty_ack) continue;
        assert.equal(
          parseCellMessage({ ...header, [field]: value }),
          undefined,
          `${header["t"]}.${field} = ${JSON.stringify(value)}`,
        );
      }
    }
  }
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
