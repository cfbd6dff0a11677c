import assert from "node:assert/strict";
import { messageOf, specOf } from "./parsed.ts";

Deno.test("parseRestart keeps the default of what is not set", () => {
  assert.deepEqual(specOf("restart: {max: 2}").restart, { max: 2, window_s: 60 });
  assert.deepEqual(specOf("restart: {window_s: 9}").restart, { max: 5, window_s: 9 });
});

Deno.test("parseRestart allows the bounds and refuses what is beyond", () => {
  assert.deepEqual(specOf("restart: {max: 0, window_s: 1}").restart, { max: 0, window_s: 1 });
  assert.deepEqual(specOf("restart: {max: 1000, window_s: 86400}").restart, { max: 1000, window_s: 86400 });
  assert.equal(
    messageOf("restart: {max: -1}"),
    "configs/a.yml:1: restart.max: found -1, allowed: a whole number from 0 to 1000",
  );
  assert.match(messageOf("restart: {max: 1001}"), /found 1001/);
  assert.match(
    messageOf("restart: {window_s: 0}"),
    /restart\.window_s: found 0, allowed: a whole number from 1 to 86400/,
  );
  assert.match(messageOf("restart: {window_s: 86401}"), /found 86401/);
  assert.match(messageOf("restart: {times: 3}"), /restart: found the unknown key "times", allowed: max, window_s/);
});
