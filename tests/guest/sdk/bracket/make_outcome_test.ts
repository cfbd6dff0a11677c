import assert from "node:assert/strict";
import { fault, FAULTS } from "../../../../kernel/contract/fault.ts";
import {
  faultOutcome,
  invalidParams,
  moreCalls,
  nextRound,
  NOTHING_USED,
  overBudget,
  readTurn,
  renderResult,
  renderResults,
  succeeded,
  type TurnUse,
  unknownTool,
  unreadable,
} from "../../../../kernel/guest/sdk/bracket/mod.ts";

const F = "```";
const inside = (block: string) => block.split("\n")[1]!;
const failing = (text: string) => unreadable(readTurn(`${F}tool\n${text}`)[0]!.error!);

Deno.test("unreadable answers each way in which a block fails, with line and column", () => {
  const cases: Record<string, readonly [text: string, line: number, column: number]> = {
    syntax: [`{call: }\n${F}`, 2, 8],
    unterminated: [`{call: a\n${F}`, 2, 1],
    unterminated_string: [`{call: a\n{params: "x`, 3, 10],
    bad_escape: [`{call: "\\u12"}\n${F}`, 2, 9],
    duplicate_key: [`{call: a, call: b}\n${F}`, 2, 11],
    trailing_text: [`{call: a} so\n${F}`, 2, 11],
    too_deep: [`${"{a:".repeat(65)}\n${F}`, 2, 64 * 3 + 1],
    too_large: [`${" ".repeat(1_048_577)}\n${F}`, 1, 1],
    too_many_calls: [`${"{call: a}\n".repeat(33)}${F}`, 34, 1],
  };
  for (const [code, [text, line, column]] of Object.entries(cases)) {
    const outcome = failing(text);
    const { message, ...place } = outcome.error as Record<string, unknown>;
    assert.deepEqual(place, { code, line, column });
    assert.equal(
      inside(renderResult(outcome)),
      `{result: bracket_protocol, status: error, error: {code: "${code}", message: ${
        JSON.stringify(message)
      }, line: ${line}, column: ${column}}}`,
    );
  }
});

Deno.test("unknownTool names up to three nearest tools, and bounds the name that was made up", () => {
  const names = ["notes_add", "notes_find", "files_read", "notes_ad", "clock"];
  assert.equal(
    inside(renderResult(unknownTool({ call: "notes_ada", id: "c1" }, names))),
    `{result: notes_ada, status: error, id: "c1", error: {code: "unknown_tool", message: "there is no tool 'notes_ada'; nearest: notes_add, notes_ad, notes_find", nearest: ["notes_add", "notes_ad", "notes_find"]}}`,
  );
  assert.match(renderResult(unknownTool({ call: "x" }, [])), /there is none like it", nearest: \[\]/);
  assert.ok(renderResult(unknownTool({ call: "x".repeat(1_000_000) }, names)).length < 1_000);
});

Deno.test("invalidParams lists each path, what was expected and what was found", () => {
  const misfits = [
    { path: "path", expected: "string", found: "7" },
    { path: "lines[2]", expected: "integer", found: "nothing" },
  ];
  assert.equal(
    inside(renderResult(invalidParams({ call: "t" }, misfits))),
    `{result: t, status: error, error: {code: "invalid_params", message: "path: expected string, found 7; lines[2]: expected integer, found nothing", params: [{path: "path", expected: "string", found: "7"}, {path: "lines[2]", expected: "integer", found: "nothing"}]}}`,
  );
});

Deno.test("faultOutcome tells every fault: module_error as tool_error, invalid_argument as invalid_params, others by their names", () => {
  for (const code of Object.keys(FAULTS) as (keyof typeof FAULTS)[]) {
    const { error } = faultOutcome({ call: "t" }, fault(code, "m", { maybe_ran: code === "timeout" }), { tries: 2 });
    const renamed = { module_error: "tool_error", invalid_argument: "invalid_params" } as Record<string, string>;
    assert.deepEqual(error, {
      tries: 2,
      code: renamed[code] ?? code,
      message: "m",
      retriable: FAULTS[code].retriable,
      hint: FAULTS[code].hint,
      ...code === "timeout" && { maybe_ran: true },
    });
  }
  for (const code of ["denied", "approval_required", "timeout", "service_down", "unknown_tool"] as const) {
    assert.match(renderResult(faultOutcome({ call: "t" }, fault(code, "m"))), new RegExp(`code: "${code}"`));
  }
  assert.deepEqual(faultOutcome({ call: "t" }, fault("denied", "no", { hint: "" })).error, {
    code: "denied",
    message: "no",
    retriable: false,
  });
});

Deno.test("a turn has 32 calls in a round and 16 rounds, or as many as its host says", () => {
  const step = (at: ReturnType<typeof nextRound>): TurnUse => {
    assert.ok(at.ok);
    return at.use;
  };
  let use = NOTHING_USED;
  for (let round = 1; round <= 16; round++) use = step(nextRound(use));
  assert.deepEqual(use, { rounds: 16, calls: 0 });
  const loop = nextRound(use);
  assert.ok(!loop.ok);
  assert.equal(loop.code, "loop_limit");
  assert.equal(
    inside(renderResult(overBudget(loop))),
    `{result: bracket_protocol, status: error, error: {code: "loop_limit", message: "calls were made in 16 rounds, and a turn has no more; answer with what is known"}}`,
  );
  const most = step(moreCalls(step(moreCalls(use, 31)), 1));
  assert.equal(most.calls, 32);
  const many = moreCalls(most, 1);
  assert.ok(!many.ok);
  assert.match(
    renderResult(overBudget(many, { call: "t", id: "9" })),
    /\{result: t, status: error, id: "9", error: \{code: "too_many_calls"/,
  );
  assert.equal(moreCalls(use, 33).ok, false, "all or none");
  assert.equal(step(nextRound({ rounds: 0, calls: 32 })).calls, 0, "a round of its own");
  assert.deepEqual([nextRound(use, { rounds: 17 }).ok, moreCalls(use, 3, { calls: 2 }).ok], [true, false]);
});

Deno.test("renderResults writes all results of a turn as one text, in their order", () => {
  const two = [unknownTool({ call: "b" }, []), unknownTool({ call: "a" }, [])];
  assert.equal(renderResults(two), renderResult(two[0]!) + renderResult(two[1]!));
  assert.equal(renderResults([]), "");
});

Deno.test("succeeded is of the call, with its id if it had one", () => {
  assert.deepEqual(succeeded({ call: "t" }, 12n), { result: "t", status: "success", data: "12" });
  assert.deepEqual(succeeded({ call: "t", id: "c" }, { a: 1 }), {
    ...{ result: "t", id: "c", status: "success" },
    data: { a: 1 },
  });
});
