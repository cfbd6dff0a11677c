import assert from "node:assert/strict";
import OpenAI from "openai";
import { fault } from "meta-machine";
import { judgeFailure } from "../../../plugins/openai/judge_failure.ts";

const asked = { host: "api.example.com", model: "m", api_key_env: "API_KEY" };
const judge = (error: unknown) => judgeFailure(error, asked, 0);
const answered = (status: number, error: Record<string, unknown> = { message: "because" }, headers = {}) =>
  OpenAI.APIError.generate(status, { error }, undefined, new Headers(headers));

Deno.test("judgeFailure names each status by its code, and tries again only where that can help", () => {
  const judged = [400, 401, 402, 403, 404, 408, 409, 413, 418, 422, 429, 500, 503].map((status) => {
    const { fault, again } = judge(answered(status));
    assert.equal(fault.retriable, again);
    return [status, fault.code, again];
  });
  assert.deepEqual(judged, [
    [400, "invalid_argument", false],
    [401, "denied", false],
    [402, "quota", false],
    [403, "denied", false],
    [404, "not_found", false],
    [408, "conflict", true],
    [409, "conflict", true],
    [413, "too_large", false],
    [418, "conflict", false],
    [422, "invalid_argument", false],
    [429, "rate_limited", true],
    [500, "conflict", true],
    [503, "conflict", true],
  ]);
});

Deno.test("judgeFailure says who refused what, and whose move it is", () => {
  const { fault } = judge(answered(401, { message: "Incorrect API key" }));
  assert.equal(fault.message, "api.example.com refuses the key, or has none (status 401): Incorrect API key");
  assert.equal(fault.hint, "see that API_KEY holds a valid key, and that grants.secrets binds it to api.example.com");
  assert.match(
    judgeFailure(answered(401), { ...asked, api_key_env: undefined }, 0).fault.hint,
    /params: \{api_key_env: …\}/,
  );
  assert.match(judge(answered(404)).fault.message, /knows no model 'm'/);
});

Deno.test("judgeFailure tells an account without credit and a conversation that is too long from their like", () => {
  assert.deepEqual(judge(answered(429, { message: "x", code: "insufficient_quota" })).fault.code, "quota");
  assert.deepEqual(judge(answered(400, { message: "x", code: "context_length_exceeded" })).fault.code, "too_large");
  assert.deepEqual(
    judge(answered(400, { message: "This model's maximum context length is 8192 tokens" })).fault.code,
    "too_large",
  );
});

Deno.test("judgeFailure reads the number that a stream's error carries, and how long to wait", () => {
  const in_stream = new OpenAI.APIError(undefined, { code: 503, message: "overloaded" }, undefined, undefined);
  assert.deepEqual([judge(in_stream).fault.code, judge(in_stream).again], ["conflict", true]);
  assert.equal(judge(answered(429, {}, { "retry-after": "3" })).after_ms, 3_000);
});

Deno.test("judgeFailure lets a fault of ours through every wrapping, and takes anything else for a lost connection", () => {
  const ours = fault("denied", "'m' may not reach x:443", { hint: "add it" });
  const wrapped = new OpenAI.APIConnectionError({ message: "Connection error.", cause: ours });
  assert.deepEqual([judge(wrapped).fault, judge(wrapped).again], [ours, false]);
  const lost = judge(new TypeError("connection\n  closed"));
  assert.deepEqual([lost.again, lost.fault.message], [
    true,
    "api.example.com was not reached, or the connection was lost: connection closed",
  ]);
  for (const odd of [undefined, null, "text", 5, {}]) assert.equal(judge(odd).again, true);
});

Deno.test("judgeFailure clips a server's words", () => {
  assert.ok(judge(answered(500, { message: "x".repeat(10_000) })).fault.message.length < 400);
});
