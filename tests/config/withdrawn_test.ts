import assert from "node:assert/strict";
import { type Lock, parseLock } from "../../kernel/config/parse_lock.ts";
import { isWithdrawn } from "../../kernel/config/withdrawn.ts";
import { specOf } from "./parsed.ts";
import { planOf, sourceOf } from "./planned.ts";

const HASH = "a".repeat(64);
const lock = (text: string): Lock => {
  const parsed = parseLock(text);
  assert.ok(parsed.ok);
  return parsed.value;
};
const GREEDY = specOf("api: guest\nprog: guest\ngrants: {builtins: ['node:util']}");
const runs = (origin: "added" | "local" | "shipped", text: string) =>
  isWithdrawn({ spec: GREEDY, source: sourceOf("guest", { origin }) }, lock(text));

Deno.test("isWithdrawn takes a module for withdrawn when its line allows less than it has", () => {
  const allowed = `grants: {builtins: ['node:util']}`;
  assert.ok(!runs("added", `guest: {origin: added x, hash: ${HASH}, ${allowed}}`));
  assert.ok(runs("added", `guest: {origin: added x, hash: ${HASH}}`));
  assert.ok(!runs("local", `guest: {origin: local, ${allowed}}`));
  assert.ok(runs("local", ""));
  assert.ok(!runs("shipped", ""));
});

Deno.test("isWithdrawn lets a module run on whose next source is recorded already", () => {
  const line = `guest: {origin: added x, hash: ${"b".repeat(64)}, grants: {builtins: ['node:util']}}`;
  assert.ok(!runs("added", line));
});

Deno.test("resolvePlan names what is withdrawn of what runs, and nothing while the lock cannot be read", async () => {
  const { api } = GREEDY;
  const running = new Map([[api, { spec: GREEDY, source: sourceOf("guest") }]]);
  const config = { "guest.yml": "grants: {builtins: ['node:util']}" };
  assert.deepEqual((await planOf(config, { running })).withdrawn, [api]);
  assert.equal((await planOf(config, { running, lock: "[" })).withdrawn, undefined);
  const allowed = "guest: {origin: local, grants: {builtins: ['node:util']}}";
  assert.equal((await planOf(config, { running, lock: allowed })).withdrawn, undefined);
});
