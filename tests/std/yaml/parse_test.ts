import assert from "node:assert/strict";
import { parse, YamlSyntaxError } from "@std/yaml";

function refusal(text: string, options?: { maxAliasCount?: number }) {
  try {
    parse(text, options);
  } catch (error) {
    assert.ok(error instanceof YamlSyntaxError && error instanceof SyntaxError, `not a YamlSyntaxError: ${error}`);
    return [error.message, error.line, error.column];
  }
  assert.fail("was accepted");
}

Deno.test("parse reads a config", () => {
  const text =
    "api: notes # the name\ngrants:\n  services: [database, {api: log, methods: [read]}]\nlimits: {heap_mb: 64}\n";
  assert.deepEqual(parse(text), {
    api: "notes",
    grants: { services: ["database", { api: "log", methods: ["read"] }] },
    limits: { heap_mb: 64 },
  });
});

Deno.test("parse reads an empty text and a text of comments as null", () => {
  assert.equal(parse(""), null);
  assert.equal(parse("# nothing\n"), null);
});

Deno.test("parse reads numbers as @std/yaml does", () => {
  const cases: [string, unknown][] = [
    ["012", 10],
    ["08", "08"],
    ["1_000", 1000],
    ["1_", "1_"],
    ["_1", "_1"],
    ["0b11", 3],
    ["-0b11", -3],
    ["0x1F", 31],
    ["-0x1F", -31],
    ["0o14", "0o14"],
    ["+12", 12],
    ["0", 0],
    ["-1", -1],
    ["1.5", 1.5],
    ["1_0.5", 10.5],
    [".5", 0.5],
    ["-.5", "-.5"],
    ["1e3", 1000],
    ["-2.5e-1", -0.25],
    [".inf", Infinity],
    ["-.INF", -Infinity],
    [".nan", NaN],
    ["12:30", "12:30"],
    ["v1", "v1"],
  ];
  for (const [text, value] of cases) assert.deepEqual(parse(`a: ${text}`), { a: value }, text);
});

Deno.test("parse reads dates, bytes and merge keys as @std/yaml does", () => {
  assert.deepEqual(parse("a: 2026-01-02"), { a: new Date("2026-01-02") });
  assert.deepEqual(parse("a: 2026-01-02T03:04:05Z"), { a: new Date("2026-01-02T03:04:05Z") });
  const { a } = parse("a: !!binary aGk=") as { a: Uint8Array };
  assert.equal(Object.getPrototypeOf(a), Uint8Array.prototype);
  assert.deepEqual(a, new Uint8Array([104, 105]));
  assert.deepEqual(parse("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}"), { x: { a: 1, b: 2 }, y: { a: 1, b: 3 } });
  assert.deepEqual(parse("x: &x {a: 1}\ny: {<<: [*x, {b: 2}]}"), { x: { a: 1 }, y: { a: 1, b: 2 } });
});

Deno.test("parse keeps yes, no, on and off as text, whatever a %YAML line asks for", () => {
  assert.deepEqual(parse("[yes, no, on, off, true]"), ["yes", "no", "on", "off", true]);
  assert.deepEqual(parse("%YAML 1.1\n---\na: yes"), { a: "yes" });
});

Deno.test("parse reads a null key as the key null", () => {
  assert.deepEqual(parse("~: 1"), { null: 1 });
});

Deno.test("parse reads __proto__ as a key like any other", () => {
  const value = parse("__proto__: {evil: true}") as Record<string, unknown>;
  assert.deepEqual(Object.keys(value), ["__proto__"]);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.equal(({} as Record<string, unknown>).evil, undefined);
});

Deno.test("parse tells reason, line and column of broken text", () => {
  assert.deepEqual(refusal("a: 1\nb: [1, 2\nc: 3"), [
    "Flow sequence in block collection must be sufficiently indented and end with a ] at line 3, column 1",
    3,
    1,
  ]);
  assert.deepEqual(refusal("a: b: c"), [
    "Nested mappings are not allowed in compact mappings at line 1, column 4",
    1,
    4,
  ]);
  assert.deepEqual(refusal("a:\n\t- 1"), ["Tabs are not allowed as indentation at line 2, column 1", 2, 1]);
});

Deno.test("parse keeps the text out of its errors", () => {
  const [message] = refusal("password: 'hunter2\nb: 1");
  assert.doesNotMatch(String(message), /hunter2/);
});

Deno.test("parse refuses a key that is given twice", () => {
  assert.deepEqual(refusal("a: 1\nb: 2\na: 3"), ["Map keys must be unique at line 3, column 1", 3, 1]);
});

Deno.test("parse refuses a list or a map as a key", () => {
  const reason = "A key must be a single value, not a list or a map";
  assert.deepEqual(refusal("a: 1\n? [b]\n: 2"), [`${reason} at line 2, column 3`, 2, 3]);
  assert.deepEqual(refusal("a: &a [1]\n*a : 2"), [`${reason} at line 2, column 1`, 2, 1]);
});

Deno.test("parse refuses unknown tags, also those that @std/yaml knows and no config needs", () => {
  assert.deepEqual(refusal("a: !js/function x"), ["Unresolved tag: !js/function at line 1, column 4", 1, 4]);
  assert.deepEqual(refusal("a: !!set {x}"), ["Unresolved tag: tag:yaml.org,2002:set at line 1, column 4", 1, 4]);
});

Deno.test("parse refuses a second document", () => {
  assert.deepEqual(refusal("--- 1\n--- 2\n"), ["Found a second document, expected one at line 2, column 1", 2, 1]);
});

Deno.test("parse refuses unknown anchors, values that hold themselves and merges of what is no map", () => {
  assert.deepEqual(refusal("a: *x"), ['Unknown anchor "x" at line 1, column 4', 1, 4]);
  assert.deepEqual(refusal("a: &a\n  b: *a"), ['The value of anchor "a" holds itself at line 2, column 6', 2, 6]);
  const merge = "A merge key << takes a map or a list of maps";
  assert.deepEqual(refusal("a: 1\n<<: 3"), [`${merge} at line 2, column 1`, 2, 1]);
  assert.deepEqual(parse('"<<": 3'), { "<<": 3 });
});

Deno.test("parse accepts 100 aliases and refuses 101", () => {
  const text = (count: number) => `a: &a [1]\nb: [${"*a, ".repeat(count)}]`;
  assert.equal((parse(text(100)) as { b: unknown[] }).b.length, 100);
  assert.deepEqual(refusal(text(101)), ["More than 100 aliases at line 2, column 405", 2, 405]);
});

Deno.test("parse takes the limit of aliases from maxAliasCount", () => {
  assert.deepEqual(parse("a: &a 1\nb: *a", { maxAliasCount: 1 }), { a: 1, b: 1 });
  assert.deepEqual(refusal("a: &a 1\nb: *a", { maxAliasCount: 0 })?.[0], "More than 0 aliases at line 2, column 4");
});

Deno.test("parse refuses aliases of aliases that unfold to more than the limit", () => {
  const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(", ")}]\n`;
  const bomb = "a: &a [lol, lol]\n" + ["ba", "cb", "dc", "ed", "fe"].map(([name, of]) => level(name!, of!)).join("");
  assert.match(String(refusal(bomb)?.[0]), /^More than 100 aliases once they are unfolded/);
});

Deno.test("parse reads 500 nested lists and refuses 5000 by name", () => {
  assert.ok(parse("[".repeat(500) + "]".repeat(500)));
  assert.match(
    String(refusal("[".repeat(5000) + "]".repeat(5000))?.[0]),
    /^The text is nested too deeply at line 1, column /,
  );
});

Deno.test("parse and stringify work in a process that may do nothing, whatever its environment says", async () => {
  const code = `import { parse, stringify } from "@std/yaml"; console.log(stringify(parse("a: 012")));`;
  const repository = new URL("../../../", import.meta.url).pathname;
  const script = await Deno.makeTempFile({ dir: repository + "tests/std/yaml", suffix: ".ts" });
  try {
    await Deno.writeTextFile(script, code);
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-check", "--no-prompt", "--cached-only", script],
      env: { LOG_TOKENS: "1", LOG_STREAM: "1" },
      stdin: "null",
    }).output();
    assert.deepEqual([stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)), ["a: 10\n\n", ""]);
  } finally {
    await Deno.remove(script);
  }
});
