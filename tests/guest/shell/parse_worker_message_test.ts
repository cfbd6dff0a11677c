import assert from "node:assert/strict";
import { fault } from "../../../kernel/contract/fault.ts";
import { parseWorkerMessage } from "../../../kernel/guest/shell/parse_worker_message.ts";

const payload = new Uint8Array([1, 2, 3]);
const call = { t: "call", id: 1, api: "b", aspect: "default", name: "m", kind: "call", payload };
/** As they come: what carries a payload has it beside its header. */
const parse = ({ payload = "", ...header }: Record<string, unknown>) => parseWorkerMessage(header, payload);

Deno.test("parseWorkerMessage passes each word of the port with its fields and nothing else", () => {
  const words = [
    call,
    { ...call, parent: 3, timeout: 50, trace: "t", kind: "get" },
    { t: "reply", id: 0, ok: true, streams: 0, payload },
    { t: "reply", id: 0, ok: false, code: "timeout", streams: 0, payload },
    { t: "cancel", id: 4 },
    { t: "awake" },
    { t: "log", level: "DEBUG", text: "x" },
    { t: "pong", seq: 1, active_tasks: 0, error_count: 2, last_error_time: 1.5 },
    { t: "ready", tools: [], has_run: true },
    { t: "failed", phase: "run", fault: fault("module_error", "no", { name: "TypeError" }), stack: "at x" },
    { t: "ended", what: "shutdown" },
    { t: "limit", limit: "timers", found: 3, allowed: 2 },
  ];
  for (const word of words) assert.deepEqual(parse({ ...word, extra: 1 }), word);
});

Deno.test("parseWorkerMessage refuses what is none of its words", () => {
  const lies: unknown[] = [
    ...[null, 1, "x", [], {}, { t: "dying" }, { t: "constructor" }],
    ...[{ ...call, id: -1 }, { ...call, api: 5 }, { ...call, kind: "set" }, { ...call, parent: "1" }, {
      ...call,
      payload: [1],
    }],
    ...[{ ...call, timeout: Infinity }, { ...call, trace: "t".repeat(129) }, { ...call, name: "n".repeat(129) }],
    ...[{ t: "reply", id: 1, ok: 1, payload }, { t: "reply", id: 1, ok: false, code: "made_up", payload }],
    ...[{ t: "log", level: "CRITICAL", text: "x" }, { t: "log", level: "INFO", text: 1 }],
    ...[{ t: "pong", seq: 1, active_tasks: -1, error_count: 0, last_error_time: null }, {
      t: "ready",
      tools: {},
      has_run: true,
    }],
    ...[{ t: "failed", phase: "birth", fault: fault("internal", "x") }, {
      t: "failed",
      phase: "run",
      fault: { code: "x" },
    }],
    ...[{ t: "ended", what: "worker" }, { t: "limit", limit: "A b", found: 1, allowed: 1 }],
  ];
  for (const lie of lies) assert.equal(parse((lie ?? {}) as Record<string, unknown>), undefined, JSON.stringify(lie));
});

Deno.test("parseWorkerMessage takes the longest name the wire has", () => {
  assert.ok(parse({ ...call, name: "n".repeat(128), trace: "t".repeat(128) }));
});

Deno.test("parseWorkerMessage refuses shared bytes and copies a view out of a larger buffer", () => {
  assert.equal(parse({ ...call, payload: new Uint8Array(new SharedArrayBuffer(4)) }), undefined);
  const view = new Uint8Array(1_000_000).subarray(10, 13);
  const parsed = parse({ ...call, payload: view });
  assert.ok(parsed?.t === "call");
  assert.equal((parsed.payload as Uint8Array).buffer.byteLength, 3);
});
