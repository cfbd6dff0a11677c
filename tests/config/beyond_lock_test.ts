import assert from "node:assert/strict";
import { beyondLock } from "../../kernel/config/beyond_lock.ts";
import { DEFAULT_LIMITS, LIMIT_NAMES } from "../../kernel/contract/limits.ts";
import { NOTHING_ALLOWED } from "../../kernel/config/lock_line.ts";
import { DEFAULT_RESTART } from "../../kernel/config/parse_restart.ts";
import { parseGrants } from "../../kernel/config/parse_grants.ts";
import type { LockEntry } from "../../kernel/config/parse_lock.ts";
import { specOf } from "./parsed.ts";

const NOTHING: LockEntry = { ...NOTHING_ALLOWED, from: "x" };

Deno.test("beyondLock finds nothing in a config that asks for nothing, nor in one that asks for less than the defaults", () => {
  assert.deepEqual(beyondLock(specOf(""), NOTHING), []);
  assert.deepEqual(beyondLock(specOf("limits: {memory_mb: 64, calls_in_flight: 1}"), NOTHING), []);
});

Deno.test("beyondLock tells grants, then limits above the default, then a shared cell and tools without approval", () => {
  const spec = specOf("grants: {net: ['h:1']}\nlimits: {memory_mb: 512}\ncell: tools\napprove: never");
  assert.deepEqual(beyondLock(spec, NOTHING), ["net: h:1", "limits: memory_mb 512", "cell: tools", "approve: never"]);
  const allowed = { ...NOTHING, grants: parseGrants({ net: ["h:1"] }, []), limits: { memory_mb: 512 }, cell: "tools" };
  assert.deepEqual(beyondLock(spec, { ...allowed, approve: "never" }), []);
  assert.deepEqual(beyondLock(spec, { ...allowed, approve: "never", cell: "others" }), ["cell: tools"]);
});

Deno.test("beyondLock lets a limit be as high as the default or as allowed, and no higher", () => {
  const { memory_mb } = DEFAULT_LIMITS;
  const beyond = (asked: number, allowed?: number) =>
    beyondLock(specOf(`limits: {memory_mb: ${asked}}`), { ...NOTHING, limits: allowed ? { memory_mb: allowed } : {} });
  assert.deepEqual(beyond(memory_mb), []);
  assert.deepEqual(beyond(memory_mb + 1), [`limits: memory_mb ${memory_mb + 1}`]);
  assert.deepEqual(beyond(300, 300), []);
  assert.deepEqual(beyond(301, 300), ["limits: memory_mb 301"]);
});

Deno.test("beyondLock lets a module fail as often as others or as allowed, and no more, nor within a shorter time", () => {
  const beyond = (restart: string, allowed = NOTHING.restart) =>
    beyondLock(specOf(`restart: {${restart}}`), { ...NOTHING, restart: allowed });
  const { max, window_s } = DEFAULT_RESTART;
  assert.deepEqual(beyond(`max: ${max}, window_s: ${window_s}`), []);
  assert.deepEqual(beyond(`max: ${max - 1}, window_s: ${window_s + 1}`), []);
  assert.deepEqual(beyond(`max: ${max + 1}`), [`restart: max ${max + 1} in ${window_s} s`]);
  assert.deepEqual(beyond(`window_s: ${window_s - 1}`), [`restart: max ${max} in ${window_s - 1} s`]);
  assert.deepEqual(beyond("max: 12, window_s: 10", { max: 12, window_s: 10 }), []);
  assert.equal(beyond("max: 12, window_s: 9", { max: 12, window_s: 10 }).length, 1);
  assert.equal(beyond("max: 13, window_s: 10", { max: 12, window_s: 10 }).length, 1);
});

Deno.test("beyondLock asks about every limit", () => {
  for (const name of LIMIT_NAMES) {
    const more = DEFAULT_LIMITS[name] + 1;
    assert.deepEqual(beyondLock(specOf(`limits: {${name}: ${more}}`), NOTHING), [`limits: ${name} ${more}`]);
  }
});
