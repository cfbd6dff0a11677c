import assert from "node:assert/strict";
import type { ControlVerb } from "../../kernel/contract/control.ts";
import { HEADER_BOUNDS } from "../../kernel/contract/wire.ts";
import { CONTROL_BOUNDS } from "../../kernel/control/control_bounds.ts";
import { PARAM_PARSERS } from "../../kernel/control/parse_params.ts";

function parse(verb: ControlVerb, params: unknown) {
  return PARAM_PARSERS[verb](params);
}
function accepts(verb: ControlVerb, params: unknown, as: unknown = params) {
  assert.deepEqual(parse(verb, params), { ok: true, value: as });
}
function refuses(verb: ControlVerb, params: unknown, text: RegExp) {
  const parsed = parse(verb, params);
  assert.ok(!parsed.ok, `${verb} took ${Deno.inspect(params)}`);
  assert.equal(parsed.fault.code, "invalid_argument");
  assert.match(parsed.fault.message, text);
}

Deno.test("every verb refuses params that are no map, and params it does not know", () => {
  for (const verb of Object.keys(PARAM_PARSERS) as ControlVerb[]) {
    for (const params of [null, [], "text", 5, new Uint8Array(1)]) refuses(verb, params, /params must be a map/);
    refuses(verb, { surprise: 1 }, /unknown param "surprise"/);
  }
});

Deno.test("verbs for one api take an api name and nothing else", () => {
  for (const verb of ["reload", "enable", "disable", "quarantine lift", "state drop"] as const) {
    accepts(verb, { api: "tasks/rl_trainer" });
    for (const api of [undefined, null, "", "1a", "a/b/c/d/e", "../x", "a".repeat(33)]) {
      refuses(verb, { api }, /'api' must be/);
    }
    accepts(verb, { api: "a".repeat(32) });
  }
});

Deno.test("tool takes a principal, a name within a header's bounds, and a map of params or none", () => {
  const whole = { principal: "web/kitchen", tool: "a".repeat(HEADER_BOUNDS.name), params: { text: "tea" } };
  assert.deepEqual(PARAM_PARSERS.tool(whole), { ok: true, value: whole });
  assert.deepEqual(PARAM_PARSERS.tool({ principal: "console", tool: "t" }), {
    ok: true,
    value: { principal: "console", tool: "t", params: {} },
  });
  refuses("tool", { tool: "t" }, /'principal' must be 1 to 4 segments.*found nothing/);
  refuses("tool", { principal: "@operator", tool: "t" }, /'principal' must be/);
  refuses("tool", { principal: "console", tool: "" }, /'tool' must be a text of 1 to 128 characters/);
  refuses("tool", { principal: "console", tool: "a".repeat(HEADER_BOUNDS.name + 1) }, /'tool' must be/);
  refuses("tool", { principal: "console", tool: "t", params: [] }, /'params' must be a map, found a list/);
});

Deno.test("status and tools take an api name or none", () => {
  for (const verb of ["status", "tools"] as const) {
    accepts(verb, {});
    accepts(verb, { api: undefined }, {});
    accepts(verb, { api: "database" });
    refuses(verb, { api: "no good" }, /found "no good"/);
  }
});

Deno.test("stop, ping and state list take nothing", () => {
  accepts("state list", {});
  accepts("stop", {});
  accepts("ping", {});
});

Deno.test("call takes names up to their bounds and refuses one character more", () => {
  const call = { api: "database", method: "query", args: ["select 1", { a: 1n }] };
  accepts("call", call);
  accepts("call", { ...call, aspect: undefined }, call);
  accepts("call", { ...call, method: "m".repeat(HEADER_BOUNDS.name), aspect: "a".repeat(HEADER_BOUNDS.aspect) });
  refuses("call", { ...call, method: "m".repeat(HEADER_BOUNDS.name + 1) }, /'method' must be a text of 1 to 128/);
  refuses("call", { ...call, aspect: "a".repeat(HEADER_BOUNDS.aspect + 1) }, /'aspect' must be a text of 1 to 64/);
  refuses("call", { ...call, method: "" }, /'method'/);
  refuses("call", { ...call, aspect: 5 }, /found 5/);
  refuses("call", { ...call, args: "x" }, /'args' must be a list, found "x"/);
  refuses("call", { method: "x", args: [] }, /'api' must be/);
});

Deno.test("logs and events take lines up to their bound and refuse one more", () => {
  for (const verb of ["logs", "events"] as const) {
    accepts(verb, { follow: false, lines: 0 });
    accepts(verb, { follow: true, lines: CONTROL_BOUNDS.lines });
    for (const lines of [CONTROL_BOUNDS.lines + 1, -1, 1.5, "5", undefined]) {
      refuses(verb, { follow: true, lines }, /'lines' must be a whole number from 0 to 10000/);
    }
    refuses(verb, { lines: 5 }, /'follow' must be true or false, found nothing/);
  }
});

Deno.test("logs and events take what narrows them, and refuse what the host could not compare", () => {
  const base = { follow: true, lines: 1 };
  for (const verb of ["logs", "events"] as const) {
    accepts(verb, { ...base, grep: "x".repeat(1_000), since: "2026-01-31T12:00:00.000Z", after: "7-100" });
    for (const grep of ["", "x".repeat(1_001), 5]) refuses(verb, { ...base, grep }, /'grep' must be a text/);
    for (const since of ["10m", "2026-01-31T12:00:00Z", 5]) refuses(verb, { ...base, since }, /'since' must be a time/);
    for (const after of ["7", "7-x", 7]) refuses(verb, { ...base, after }, /'after' must be the id of a record/);
  }
  accepts("logs", { ...base, level: "ERROR" });
  refuses("logs", { ...base, level: "error" }, /'level' must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL/);
});

Deno.test("logs takes the host's own parts as well as modules", () => {
  for (const api of ["notes", "kernel", "@vet"]) accepts("logs", { follow: true, lines: 1, api });
  refuses("logs", { follow: true, lines: 1, api: "@@vet" }, /'api' must be/);
  refuses("logs", { follow: true, lines: 1, api: 5 }, /'api' must be/);
  accepts("events", { follow: true, lines: 1, api: "notes" });
  refuses("events", { follow: true, lines: 1, level: "INFO" }, /unknown param "level"/);
});
