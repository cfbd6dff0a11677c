import assert from "node:assert/strict";
import { closestFirst, closestName, nearestNames } from "../../kernel/primitives/closest_names.ts";

Deno.test("names come by how few letters differ, equal ones in their order", () => {
  assert.deepEqual(closestFirst("qeury", ["execute", "query", "tables", "queries"]).slice(0, 2), ["query", "queries"]);
  assert.deepEqual(closestFirst("x", ["b", "a"]), ["b", "a"]);
  assert.deepEqual(closestFirst("x", []), []);
});

Deno.test("a name was meant when a third of its letters differs at most, and one at least may", () => {
  assert.equal(closestName("grant", ["limits", "grants"]), "grants");
  assert.equal(closestName("Database", ["database"]), "database");
  assert.equal(closestName("databsae", ["filesystem", "database"]), "database");
  assert.equal(closestName("a", ["b"]), "b");
  assert.equal(closestName("abcdef", ["abcdxy"]), "abcdxy");
  assert.equal(closestName("abcdef", ["abcxyz"]), undefined);
  assert.equal(closestName("shown", ["grants", "limits"]), undefined);
  assert.equal(closestName("x", []), undefined);
});

Deno.test("up to three names are nearest to one that is not there, and none that has nothing in common with it", () => {
  const names = ["notes_list", "notes_add", "clock_now", "notes_all", "files_read"];
  assert.deepEqual(nearestNames("notes_ad", names), ["notes_add", "notes_all", "notes_list"]);
  assert.deepEqual(nearestNames("zzz", ["abc", "zz"]), ["zz"]);
  assert.deepEqual(nearestNames("x", []), []);
  assert.deepEqual(nearestNames("", ["a"]), []);
  assert.deepEqual(nearestNames("a".repeat(1_000_000), ["a"]), ["a"]);
});
