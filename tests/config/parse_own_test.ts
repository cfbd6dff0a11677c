import assert from "node:assert/strict";
import { OWN_BYTES, OWN_DEPTH } from "../../kernel/config/parse_own.ts";
import { messageOf, specOf } from "./parsed.ts";

Deno.test("parseOwn hands on every key that is not the host's, and none that is", () => {
  const text =
    "api: x\nprog: p\nlimits: {timers: 1}\nstep: 2\nparams: {model: m, list: [1, two, null, true]}\ngrant: typo\n";
  assert.deepEqual(specOf(text).own, {
    step: 2,
    params: { model: "m", list: [1, "two", null, true] },
    grant: "typo",
  });
});

Deno.test("parseOwn takes __proto__ and constructor for data", () => {
  const { own } = specOf("__proto__: {polluted: 1}\nconstructor: c\nin: {__proto__: {deep: 1}}\n");
  assert.deepEqual(Object.keys(own).toSorted(), ["__proto__", "constructor", "in"]);
  assert.equal(Object.getPrototypeOf(own), Object.prototype);
  assert.equal((own as { polluted?: number }).polluted, undefined);
  assert.deepEqual(Object.keys(own.in as object), ["__proto__"]);
  assert.equal((own.in as { deep?: number }).deep, undefined);
  assert.equal(({} as { polluted?: number }).polluted, undefined);
});

Deno.test("parseOwn refuses numbers that are not finite, by path and line", () => {
  assert.equal(
    messageOf("a: 1\nb: {c: [1, .inf]}\n"),
    "configs/a.yml:2: b.c[1]: found Infinity, allowed: a finite number",
  );
  assert.match(messageOf("b: .nan\n"), /found NaN, allowed: a finite number/);
});

Deno.test("parseOwn allows the deepest nesting and refuses the next", () => {
  const nested = (levels: number) => `a: ${"[".repeat(levels)}${"]".repeat(levels)}`;
  assert.ok(specOf(nested(OWN_DEPTH)));
  assert.equal(
    messageOf(nested(OWN_DEPTH + 1)),
    `configs/a.yml:1: a[0][0]: found deeper nesting, allowed: at most ${OWN_DEPTH} levels`,
  );
});

Deno.test("parseOwn counts what aliases unfold to", () => {
  const text = (bytes: number) => `a: &a ${"x".repeat(bytes)}\nb: [*a, *a, *a, *a, *a, *a, *a]\n`;
  const eighth = OWN_BYTES / 8;
  assert.ok(specOf(text(eighth - 100)));
  assert.equal(
    messageOf(text(eighth)),
    `configs/a.yml:2: b: found more, allowed: ${OWN_BYTES} bytes with all aliases unfolded`,
  );
});
