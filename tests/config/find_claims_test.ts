import assert from "node:assert/strict";
import { findClaims } from "../../kernel/config/find_claims.ts";
import { reject } from "../../kernel/config/rejection.ts";
import { specOf } from "./parsed.ts";

const read = (file: string, text: string) => ({ spec: specOf(text, file), text });

Deno.test("findClaims lets every api that is claimed once alone", () => {
  const specs = [read("configs/a.yml", ""), read("configs/b.yml", "prog: a")];
  assert.deepEqual(findClaims(specs, []), { alone: specs, rejected: [] });
});

Deno.test("findClaims refuses all files that claim one api, each naming the others, by line", () => {
  const { alone, rejected } = findClaims([
    read("configs/x.yml", ""),
    read("configs/b.yml", "# mine\napi: x\n"),
    read("configs/c.yml", "api: x"),
    read("configs/d.yml", ""),
  ], []);
  assert.deepEqual(alone.map(({ spec }) => spec.api), ["d"]);
  const allowed = "allowed: one file for each api";
  assert.deepEqual(rejected.map(({ api, fault }) => [api, fault.message]), [
    ["x", `configs/x.yml: api: found 'x', which configs/b.yml, configs/c.yml claims too, ${allowed}`],
    ["x", `configs/b.yml:2: api: found 'x', which configs/c.yml, configs/x.yml claims too, ${allowed}`],
    ["x", `configs/c.yml:1: api: found 'x', which configs/b.yml, configs/x.yml claims too, ${allowed}`],
  ]);
  assert.equal(
    rejected[0]!.fault.hint,
    "give one of them another api:, or put a dot before its name; what ran before keeps running",
  );
});

Deno.test("findClaims counts the claim of a file that was refused", () => {
  const refused = reject("configs/a.yml", "broken", { api: read("configs/a.yml", "").spec.api });
  const { alone, rejected } = findClaims([read("configs/b.yml", "api: a")], [refused, reject("configs/c", "no api")]);
  assert.deepEqual([alone.length, rejected.map(({ file }) => file)], [0, ["configs/b.yml"]]);
});

Deno.test("findClaims does not hold another version of the same file against it", () => {
  const refused = reject("configs/a-v2.yml", "broken", { api: read("configs/a.yml", "").spec.api });
  assert.equal(findClaims([read("configs/a-v1.yml", "")], [refused]).alone.length, 1);
});
