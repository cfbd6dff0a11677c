import assert from "node:assert/strict";
import { beyondLock } from "../../kernel/config/beyond_lock.ts";
import { DEFAULT_LIMITS } from "../../kernel/contract/limits.ts";
import { NO_GRANTS, parseGrants } from "../../kernel/config/parse_grants.ts";
import type { LockEntry } from "../../kernel/config/parse_lock.ts";
import { specOf } from "./parsed.ts";

const NOTHING: LockEntry = {
  ...{ origin: "added", from: "x", hash: "", grants: NO_GRANTS, limits: {}, cell: "own", approve: "ask" },
};

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
