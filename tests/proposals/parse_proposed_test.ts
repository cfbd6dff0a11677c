import assert from "node:assert/strict";
import { PROPOSALS } from "../../kernel/contract/proposal.ts";
import { parseProposed } from "../../kernel/proposals/parse_proposed.ts";

const base = { api: "notes", objective: "answer better" };
const refusal = (value: unknown): string => {
  const parsed = parseProposed(value);
  assert.ok(!parsed.ok, Deno.inspect(value).slice(0, 200));
  return `${parsed.fault.code} ${parsed.fault.message}`;
};

Deno.test("parseProposed reads a source as one text or as files, a config, a prompt, and who wrote it", () => {
  const files = [{ path: "mod.ts", text: "a" }, { path: "parts/list.ts", text: "b" }];
  for (
    const [given, source] of [
      ["export class Module {}", [{ path: "", text: "export class Module {}" }]],
      [files, files],
    ] as const
  ) {
    assert.deepEqual(parseProposed({ ...base, source: given }), { ok: true, value: { ...base, source } });
  }
  const all = { ...base, model: "m", config: "a: 1", prompt: { name: "meta.txt", text: "You are kind." } };
  assert.deepEqual(parseProposed(all), { ok: true, value: all });
});

Deno.test("parseProposed reads the proposer's own tests, in values that JSON has", () => {
  const tests = [{ method: "add", args: [1, "x", { a: [null, true] }], aspect: "default", expect: { n: 1 } }];
  const parsed = parseProposed({ ...base, config: "", tests });
  assert.ok(parsed.ok);
  assert.deepEqual(parsed.value.tests, tests);
  for (const value of [1n, undefined, new Uint8Array(1), new Date(0), NaN, [() => 1]]) {
    assert.match(refusal({ ...base, config: "", tests: [{ method: "a", expect: value }] }), /one of 'tests'/);
  }
  const many = (count: number) => Array.from({ length: count }, () => ({ method: "a", expect: 1 }));
  assert.ok(parseProposed({ ...base, config: "", tests: many(PROPOSALS.tests) }).ok);
  assert.match(refusal({ ...base, config: "", tests: many(PROPOSALS.tests + 1) }), /'tests' is no list, or too long/);
});

Deno.test("parseProposed refuses what is no proposal, with what it lacks", () => {
  assert.match(refusal(null), /invalid_argument that is no proposal: it is no map/);
  assert.match(refusal({ ...base, source: "a", proof: "b" }), /unknown key 'proof'/);
  assert.match(refusal({ ...base, api: "a/../b", source: "a" }), /'api' is no api name/);
  assert.match(refusal({ api: "a", source: "a" }), /'objective' is missing/);
  assert.match(refusal(base), /it changes nothing/);
  assert.match(refusal({ ...base, source: [] }), /'source' is no text and no list of files/);
  assert.match(refusal({ ...base, config: 7 }), /'config' is no text/);
  assert.match(refusal({ ...base, prompt: "x" }), /'prompt' is no \{name, text\}/);
  const twice = [{ path: "a.ts", text: "1" }, { path: "a.ts", text: "2" }];
  assert.match(refusal({ ...base, source: twice }), /'a\.ts' is there twice/);
});

Deno.test("parseProposed takes no path that leads out of the module's folder, nor what is hidden or no text", () => {
  const out = ["../a.ts", "/a.ts", "a//b.ts", "b/../a.ts", "1/2/3/4/a.ts"];
  for (const path of [...out, ".a.ts", "b/.a.ts", "a.wasm", "a.sh", "a", "a\0.ts", "a b.ts"]) {
    assert.match(refusal({ ...base, source: [{ path, text: "" }] }), /has no path or text/, path);
  }
});

Deno.test("parseProposed takes the last allowed byte, file and character, and no more", () => {
  const source = (bytes: number) => "x".repeat(bytes - base.objective.length);
  assert.ok(parseProposed({ ...base, source: source(PROPOSALS.total_bytes) }).ok);
  assert.match(refusal({ ...base, source: source(PROPOSALS.total_bytes + 1) }), /too_large/);
  const many = (count: number) => Array.from({ length: count }, (_, i) => ({ path: `f${i}.ts`, text: "" }));
  assert.ok(parseProposed({ ...base, source: many(PROPOSALS.files) }).ok);
  assert.match(refusal({ ...base, source: many(PROPOSALS.files + 1) }), /no list of files/);
  assert.ok(parseProposed({ ...base, objective: "o".repeat(PROPOSALS.objective_units), config: "" }).ok);
  assert.match(refusal({ ...base, objective: "o".repeat(PROPOSALS.objective_units + 1), config: "" }), /too long/);
});
