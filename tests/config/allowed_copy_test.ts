import assert from "node:assert/strict";
import { type AllowedCopy, allowedFormer } from "../../kernel/config/allowed_copy.ts";
import { NO_GRANTS } from "../../kernel/config/parse_grants.ts";
import type { LockEntry } from "../../kernel/config/parse_lock.ts";
import { DEFAULT_RESTART } from "../../kernel/config/parse_restart.ts";
import { sha256Hex } from "../../kernel/primitives/sha256.ts";

const FILES = [{ path: "a.ts", text: "export class Module {}" }];
const HASH = await sha256Hex(JSON.stringify(["a.ts", [["a.ts", FILES[0]!.text]]]));
const COPY: AllowedCopy = {
  config: { file: "configs/a.yml", text: "grants: {net: ['h:1']}" },
  source: { path: "/h/plugins/a.ts", entry: "a.ts", files: FILES, hash: HASH },
};
const ENTRY: LockEntry = {
  ...{ origin: "added", from: "x", hash: HASH, grants: { ...NO_GRANTS, net: ["h:1"] } },
  ...{ limits: {}, restart: DEFAULT_RESTART, cell: "own", approve: "ask" },
};

Deno.test("allowedFormer gives the module as it was allowed", async () => {
  const former = await allowedFormer(COPY, ENTRY);
  assert.equal(former?.spec.api, "a");
  assert.deepEqual([former?.source.origin, former?.source.hash], ["added", HASH]);
});

Deno.test("allowedFormer counts the files, not what the copy says of their hash", async () => {
  const files = [{ path: "a.ts", text: "export class Module { other() {} }" }];
  assert.equal(await allowedFormer({ ...COPY, source: { ...COPY.source, files } }, ENTRY), undefined);
});

Deno.test("allowedFormer gives nothing for a copy that asks for more than the lock allows, of another source, or with a broken config", async () => {
  assert.equal(await allowedFormer(COPY, { ...ENTRY, grants: NO_GRANTS }), undefined);
  assert.equal(await allowedFormer(COPY, { ...ENTRY, hash: "b".repeat(64) }), undefined);
  assert.equal(await allowedFormer({ ...COPY, config: { ...COPY.config, text: "grants: [" } }, ENTRY), undefined);
});
