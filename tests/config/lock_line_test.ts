import assert from "node:assert/strict";
import { lockLine, NOTHING_ALLOWED } from "../../kernel/config/lock_line.ts";
import { type Lock, parseLock } from "../../kernel/config/parse_lock.ts";
import { specOf } from "./parsed.ts";

const HASH = "a".repeat(64);
const lock = (text: string): Lock => {
  const parsed = parseLock(text);
  assert.ok(parsed.ok);
  return parsed.value;
};
const GUEST = lock(`guest: {origin: added x, hash: ${HASH}, grants: {net: ['h:1']}}\nmine: {origin: local}`);
const line = (config: string, origin: "local" | "shipped" = "local") => lockLine(specOf(config), { origin }, GUEST);

Deno.test("lockLine gives the line of the api", () => {
  assert.equal(line("api: guest\nprog: guest"), GUEST.get(specOf("api: guest").api));
  assert.equal(line("api: mine\nprog: mine"), GUEST.get(specOf("api: mine").api));
  assert.equal(line("api: other\nprog: other"), undefined);
  assert.equal(line("api: other\nprog: guests"), undefined);
});

Deno.test("lockLine allows another module on an added source nothing, not even that source", () => {
  const borrowed = { ...NOTHING_ALLOWED, from: "x" };
  assert.deepEqual(line("api: friend\nprog: guest"), borrowed);
  assert.deepEqual(line("api: mine\nprog: guest"), borrowed, "a line that says local is about another source");
});

Deno.test("lockLine allows nothing to a module on a file in an added module's folder", () => {
  assert.deepEqual(line("api: friend\nprog: guest/helper"), { ...NOTHING_ALLOWED, from: "x" });
});

Deno.test("lockLine leaves a shipped source what it is, unless the api itself was added", () => {
  assert.equal(line("api: friend\nprog: guest", "shipped"), undefined);
  assert.equal(line("api: guest\nprog: guest", "shipped")?.origin, "added");
});
