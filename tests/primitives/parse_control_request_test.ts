import assert from "node:assert/strict";
import { isControlVerb, parseControlRequest } from "../../kernel/primitives/parse_control_request.ts";

Deno.test("parseControlRequest gives requests back as fresh objects of known fields", () => {
  for (
    const header of [
      { t: "request", id: 0, verb: "status" },
      { t: "request", id: 1, verb: "quarantine lift", more: true },
      { t: "piece", id: 1, more: true },
      { t: "piece", id: 1 },
      { t: "cancel", id: 1 },
    ]
  ) assert.deepEqual(parseControlRequest({ ...header, extra: 1 }), header);
});

Deno.test("parseControlRequest refuses what is no request", () => {
  const request = { t: "request", id: 0, verb: "status" };
  for (
    const header of [
      null,
      [],
      "x",
      {},
      { ...request, t: "answer" },
      { ...request, id: -1 },
      { ...request, id: "0" },
      { ...request, id: undefined },
      { ...request, verb: "format" },
      { ...request, verb: "toString" },
      { ...request, verb: undefined },
      { ...request, more: 1 },
      { ...request, more: null },
      { ...request, more: false },
      { t: "cancel" },
    ]
  ) assert.equal(parseControlRequest(header), undefined, JSON.stringify(header));
});

Deno.test("isControlVerb knows the verbs of the command line and nothing inherited", () => {
  const verbs = [
    "status",
    "call",
    "tools",
    "logs",
    "events",
    "reload",
    "enable",
    "disable",
    "quarantine lift",
    "state list",
    "state drop",
    "stop",
    "ping",
  ];
  assert.ok(verbs.every(isControlVerb));
  assert.ok(!["", "constructor", "quarantine", null, 3].some(isControlVerb));
});
