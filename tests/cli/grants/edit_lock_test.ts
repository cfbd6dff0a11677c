import assert from "node:assert/strict";
import { parseLock } from "../../../kernel/config/mod.ts";
import { setLine } from "../../../kernel/cli/grants/edit_lock.ts";
import { addedLine, localLine } from "../../../kernel/cli/grants/lock_lines.ts";
import { LOCK_BYTES } from "../../../kernel/plan_world.ts";
import { specOf } from "../../config/parsed.ts";

const HASH = "a".repeat(64);
const spec = specOf(
  "api: guest\ngrants: {net: ['h:1']}\nlimits: {memory_mb: 512}\nrestart: {max: 9}\ncell: tools\napprove: never",
);
const line = (from = "/x") => addedLine(from, HASH, spec);
const set = (text: string | undefined, one = line()) => setLine(text, spec.api, one);

Deno.test("setLine writes all that is beyond the defaults, and what it wrote is read as it was meant", () => {
  const text = set(undefined);
  assert.ok(text.ok);
  assert.match(text.value, /^# What the operator has allowed/);
  const lock = parseLock(text.value);
  assert.ok(lock.ok);
  const { origin, from, hash, grants, limits, restart, cell, approve } = lock.value.get(spec.api)!;
  assert.deepEqual(
    { origin, from, hash, net: grants.net, limits, restart, cell, approve },
    {
      ...{ origin: "added", from: "/x", hash: HASH, net: ["h:1"], limits: { memory_mb: 512 } },
      ...{ restart: { max: 9, window_s: 60 }, cell: "tools", approve: "never" },
    },
  );
});

Deno.test("setLine keeps order, comments and other lines", () => {
  const before = "# mine\nz: {origin: local} # last by name\nguest: {origin: local}\na:\n  origin: local\n";
  const text = set(before, localLine(specOf("grants: {builtins: [files]}")));
  assert.ok(text.ok);
  assert.match(text.value, /^# mine\nz: \{ ?origin: local ?\} # last by name\nguest:\n[^]+\na:\n {2}origin: local\n$/);
});

Deno.test("setLine refuses to write over a lock that cannot be read, and says where it is broken", () => {
  const text = set("a: {origin: local}\nb: {origin: stolen}\n");
  assert.ok(!text.ok);
  assert.match(text.fault.message, /^configs\/plugins\.lock:2: b\.origin: found "stolen"/);
});

Deno.test("setLine refuses what would change or lose another line", () => {
  const text = set(`guest: &g {origin: added x, hash: ${HASH}}\nother: *g\n`);
  assert.ok(!text.ok);
  assert.match(text.fault.message, /cannot be changed without changing more than the line of 'guest'/);
  assert.match(text.fault.hint, /write this one yourself:\nguest:\n {2}origin: added \/x\n/);
});

Deno.test("setLine spells out what a stranger's path may not say in the lock: it would make it unreadable", () => {
  const text = set(undefined, line("/down\nevil: {origin: local}/\u202eguest.ts"));
  assert.ok(text.ok);
  const lock = parseLock(text.value);
  assert.ok(lock.ok && lock.value.size === 1);
  assert.equal(lock.value.get(spec.api)!.from, "/down\\u{a}evil: {origin: local}/\\u{202e}guest.ts");
});

Deno.test("setLine writes the largest lock that is read again, and none that is a byte larger", () => {
  const filled = (bytes: number) => set(`# ${"x".repeat(bytes)}\n`);
  const short = filled(1_000);
  assert.ok(short.ok);
  const most = 1_000 + LOCK_BYTES - short.value.length;
  const largest = filled(most);
  assert.ok(largest.ok && largest.value.length === LOCK_BYTES);
  const refused = filled(most + 1);
  assert.ok(!refused.ok && refused.fault.code === "too_large");
});
