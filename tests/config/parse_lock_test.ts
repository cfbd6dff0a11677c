import assert from "node:assert/strict";
import { NO_GRANTS } from "../../kernel/config/parse_grants.ts";
import { parseLock } from "../../kernel/config/parse_lock.ts";

const HASH = "0123456789abcdef".repeat(4);
const refusal = (text: string): string => {
  const parsed = parseLock(text);
  assert.ok(!parsed.ok, `expected a refusal of ${text}`);
  assert.equal(parsed.rejection.file, "configs/plugins.lock");
  return parsed.rejection.fault.message;
};

Deno.test("parseLock reads no lines from a missing or empty lock", () => {
  for (const text of [undefined, "", "# none\n", "{}"]) {
    assert.deepEqual(parseLock(text), { ok: true, value: new Map() });
  }
});

Deno.test("parseLock reads origin, hash and allowed grants of each api", () => {
  const text = `
tasks/x: {origin: added ./some folder/x.ts, hash: ${HASH}, grants: {net: ["a:1"]}}
y: {origin: local, grants: {builtins: [serve]}}
z: {origin: shipped, hash: ${HASH}, limits: {memory_mb: 512}, restart: {max: 9}, cell: tools, approve: never}
`;
  const rest = { limits: {}, restart: { max: 5, window_s: 60 }, cell: "own", approve: "ask" };
  const parsed = parseLock(text);
  assert.ok(parsed.ok);
  assert.deepEqual([...parsed.value], [
    ["tasks/x", {
      origin: "added",
      from: "./some folder/x.ts",
      hash: HASH,
      grants: { ...NO_GRANTS, net: ["a:1"] },
      ...rest,
    }],
    ["y", { origin: "local", from: "", hash: "", grants: { ...NO_GRANTS, builtins: ["serve"] }, ...rest }],
    ["z", {
      ...{ origin: "shipped", from: "", hash: HASH, grants: NO_GRANTS },
      ...{ limits: { memory_mb: 512 }, restart: { max: 9, window_s: 60 }, cell: "tools", approve: "never" },
    }],
  ]);
});

Deno.test("parseLock refuses what it cannot vouch for, with its line", () => {
  assert.match(refusal("a: ["), /^configs\/plugins\.lock:\d: broken YAML: /);
  assert.equal(refusal("- a"), "configs/plugins.lock:1: found a list, allowed: a map of api names");
  assert.match(
    refusal("\n1a: {origin: local}"),
    /^configs\/plugins\.lock:2: found the api "1a", allowed: 1 to 4 segments/,
  );
  assert.equal(refusal("a: local"), 'configs/plugins.lock:1: a: found "local", allowed: a map of origin, hash, grants');
  assert.equal(
    refusal("a:\n  origin: stranger\n"),
    'configs/plugins.lock:2: a.origin: found "stranger", allowed: shipped, local, added FROM',
  );
  assert.match(refusal("a: {origin: added}"), /found "added", allowed: shipped, local, added FROM/);
  assert.match(refusal("a: {}"), /a\.origin: found nothing/);
  assert.match(
    refusal("a: {origin: local, mode: x}"),
    /a: found the unknown key "mode", allowed: origin, hash, grants/,
  );
  assert.match(refusal("a: {origin: local, grants: {nett: []}}"), /a\.grants: found the unknown key "nett"/);
});

Deno.test("parseLock refuses an added api without a whole hash", () => {
  for (const hash of ["''", "null", "abc", HASH.slice(1), `${HASH}0`, HASH.toUpperCase(), "12"]) {
    assert.match(refusal(`a: {origin: added x, hash: ${hash}}`), /a\.hash: found .+, allowed: a SHA-256 in hex/, hash);
  }
  assert.match(refusal("a: {origin: added x}"), /a\.hash: found nothing/);
  assert.match(refusal("a: {origin: local, hash: abc}"), /a\.hash: found "abc"/);
});
