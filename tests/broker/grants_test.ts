import assert from "node:assert/strict";
import { isServiceGranted } from "../../kernel/broker/grants.ts";

Deno.test("isServiceGranted takes a plain name for that api alone, and a pattern for everything below", () => {
  const granted = (grant: string, api: string) => isServiceGranted([{ api: grant }], api, "default", "read");
  assert.equal(granted("notes", "notes"), true);
  assert.equal(granted("notes", "notes/a"), false);
  assert.equal(granted("inference/*", "inference/local"), true);
  assert.equal(granted("inference/*", "inference/a/b"), true);
  assert.equal(granted("inference/*", "inference"), false);
  assert.equal(granted("inference/*", "inference/"), false);
  assert.equal(granted("inference/*", "inferences/x"), false);
});

Deno.test("isServiceGranted wants one grant that allows both method and aspect", () => {
  const grants = [{ api: "notes", methods: ["read"] }, { api: "notes", aspects: ["tool"] }];
  assert.equal(isServiceGranted(grants, "notes", "default", "read"), true);
  assert.equal(isServiceGranted(grants, "notes", "tool", "write"), true);
  assert.equal(isServiceGranted(grants, "notes", "default", "write"), false);
  assert.equal(isServiceGranted([], "notes", "default", "read"), false);
});
