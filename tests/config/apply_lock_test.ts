import assert from "node:assert/strict";
import { applyLock } from "../../kernel/config/apply_lock.ts";
import { NO_GRANTS, parseGrants } from "../../kernel/config/parse_grants.ts";
import { DEFAULT_RESTART } from "../../kernel/config/parse_restart.ts";
import type { LockEntry } from "../../kernel/config/parse_lock.ts";
import { specOf } from "./parsed.ts";
import { sourceOf } from "./planned.ts";

const line = (more: Partial<LockEntry>): LockEntry => ({
  origin: "local",
  from: "",
  hash: "",
  grants: NO_GRANTS,
  limits: {},
  restart: DEFAULT_RESTART,
  cell: "own",
  approve: "ask",
  ...more,
});
const local = sourceOf("a");
const shipped = sourceOf("a", { origin: "shipped" });
const PRIVILEGED = ["builtins: ['node:sqlite']", "listen: ['127.0.0.1:1']", "folders: [{path: f, mode: rw}]"];
const HINT =
  "only shipped modules get builtins, folders and listen; the operator may allow it with 'grants allow'; what ran before keeps running";

Deno.test("applyLock gives shipped modules what their config says", () => {
  const spec = specOf(`grants: {${PRIVILEGED.join(", ")}}`);
  assert.deepEqual(applyLock(spec, shipped, undefined), { ok: true, source: shipped });
});

Deno.test("applyLock lets a local module run without a line, with everything but builtins, folders and listen", () => {
  const spec = specOf(
    "grants: {services: [b], net: ['h:1'], secrets: [S], kernel: [reload], wasm: true, packages: [zod]}",
  );
  assert.deepEqual(applyLock(spec, local, undefined), { ok: true, source: local });
});

Deno.test("applyLock refuses builtins, folders and listen to a local module, unless its line allows them", () => {
  for (const grant of PRIVILEGED) {
    const spec = specOf(`grants: {${grant}}`);
    for (const entry of [undefined, line({}), line({ origin: "shipped" })]) {
      const verdict = applyLock(spec, local, entry);
      assert.ok(!verdict.ok);
      assert.equal(verdict.hint, HINT);
      assert.equal(verdict.key, grant.slice(0, grant.indexOf(":")));
      assert.match(verdict.message, /^grants: found .+ for 'a', whose source is local, allowed: what its line in /);
    }
    assert.ok(applyLock(spec, local, line({ grants: spec.grants })).ok);
  }
});

Deno.test("applyLock refuses a local module a part that its line does not allow", () => {
  const spec = specOf("grants: {builtins: [serve, files], listen: ['127.0.0.1:1']}");
  const verdict = applyLock(
    spec,
    local,
    line({ grants: parseGrants({ builtins: ["files"], listen: ["127.0.0.1:1"] }, []) }),
  );
  assert.ok(!verdict.ok && verdict.message.startsWith("grants: found builtins: serve for 'a'"));
});

Deno.test("applyLock lets a local module change its source freely", () => {
  assert.ok(applyLock(specOf(""), local, line({ hash: "b".repeat(64) })).ok);
});

Deno.test("applyLock runs an added module at its recorded hash only", () => {
  const entry = line({ origin: "added", from: "x", hash: local.hash });
  assert.deepEqual(applyLock(specOf(""), local, entry), { ok: true, source: { ...local, origin: "added" } });
  const other = applyLock(specOf(""), local, { ...entry, hash: "b".repeat(64) });
  assert.ok(!other.ok);
  assert.equal(other.message, `source of 'a': found ${"a".repeat(64)}, allowed: ${"b".repeat(64)}, as it was added`);
  assert.equal(
    other.hint,
    "look at it with 'grants diff a', then allow it with 'grants allow a'; what ran before keeps running",
  );
});

Deno.test("applyLock runs an added module within its allowed grants only, and names the difference", () => {
  const entry = line({ origin: "added", hash: local.hash, grants: parseGrants({ net: ["h:1"] }, []) });
  assert.ok(applyLock(specOf("grants: {net: ['h:1']}"), local, entry).ok);
  const verdict = applyLock(specOf("grants: {net: ['h:1', 'h:2'], wasm: true}"), local, entry);
  assert.ok(!verdict.ok);
  assert.equal(verdict.message, "grants: found more than was allowed when 'a' was added: net: h:2, wasm: true");
  assert.equal(verdict.key, "net");
});

Deno.test("applyLock holds an added line against a source in a shipped place too", () => {
  assert.ok(!applyLock(specOf(""), shipped, line({ origin: "added", hash: "b".repeat(64) })).ok);
});

Deno.test("applyLock gives nobody but a shipped module a folder to write in from which the host runs, whoever allows it", () => {
  const grants = "grants: {folders: [{path: shared, mode: rw}, {path: plugins/a, mode: rw}]}";
  const spec = specOf(grants);
  for (
    const entry of [
      undefined,
      line({ grants: spec.grants }),
      line({ origin: "added", hash: local.hash, grants: spec.grants }),
    ]
  ) {
    const verdict = applyLock(spec, local, entry);
    assert.ok(!verdict.ok && !verdict.asks);
    assert.equal(verdict.key, "folders");
    assert.match(
      verdict.message,
      /^grants: found folders: plugins\/a \(rw\) for 'a', allowed to write: .+ runtime\/files\/a$/,
    );
  }
  assert.ok(applyLock(spec, shipped, undefined).ok);
});

Deno.test("applyLock says that no source is allowed where the line records none", () => {
  const verdict = applyLock(specOf(""), local, line({ origin: "added", from: "x" }));
  assert.ok(!verdict.ok && verdict.message.endsWith("allowed: none, as it was added"));
});
