import assert from "node:assert/strict";
import fc from "fast-check";
import { parse, stringify } from "@std/yaml";

Deno.test("stringify writes a config as a person would", () => {
  const config = { api: "notes", grants: { services: ["database", { api: "log" }] }, every: 5, on: true, none: null };
  assert.equal(
    stringify(config),
    `api: notes
grants:
  services:
    - database
    - api: log
every: 5
'on': true
none: null
`,
  );
});

Deno.test("stringify quotes text that some reader takes for something else", () => {
  for (
    const text of ["yes", "no", "n", "on", "null", "~", "012", "1_000", "0x1", "1.5", "2026-01-01", "12:30", "<<", ""]
  ) {
    assert.equal(stringify([text]), `- '${text}'\n`);
  }
  assert.equal(stringify(["it's", "v1.10", "a b"]), "- it's\n- v1.10\n- a b\n");
});

Deno.test("stringify writes dates and bytes that parse reads back", () => {
  const value = { at: new Date("2026-01-02T03:04:05.006Z"), bytes: new Uint8Array([0, 255]) };
  assert.equal(stringify(value), "at: 2026-01-02T03:04:05.006Z\nbytes: !!binary |-\n  AP8=\n");
  assert.deepEqual(parse(stringify(value)), value);
});

Deno.test("stringify refuses what YAML cannot carry, and names the path", () => {
  class Note {}
  const cases: [unknown, string][] = [
    [undefined, "Cannot stringify undefined at $"],
    [{ a: [1, undefined] }, "Cannot stringify undefined at $.a.1"],
    [{ run() {} }, "Cannot stringify function at $.run"],
    [[Symbol("x")], "Cannot stringify symbol at $.0"],
    [{ big: 1n }, "Cannot stringify bigint at $.big"],
    [{ map: new Map() }, "Cannot stringify Map at $.map"],
    [new Note(), "Cannot stringify Note at $"],
  ];
  for (const [value, message] of cases) assert.throws(() => stringify(value), { name: "TypeError", message });
});

Deno.test("stringify folds text at lineWidth and never for -1", () => {
  const text = "word ".repeat(30).trim();
  assert.ok(stringify({ text }).split("\n").length > 2);
  assert.equal(stringify({ text }, { lineWidth: -1 }), `text: ${text}\n`);
  assert.equal(stringify({ a: { b: 1 } }, { indent: 4 }), "a:\n    b: 1\n");
});

Deno.test("stringify writes a value that stands twice once, and parse reads both", () => {
  const shared = { a: 1 };
  const text = stringify({ x: shared, y: shared });
  assert.match(text, /x: &(\w+)\n {2}a: 1\n'y': \*\1\n/);
  assert.deepEqual(parse(text), { x: shared, y: shared });
});

Deno.test("parse gives back what stringify wrote, for any plain data", () => {
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "012",
        "1_0",
        "yes",
        "<<",
        "- a",
        "a: b",
        "#x",
        "? ",
        "&a",
        "*a",
        "!t",
        "%x",
        "\t",
        "\n",
        " a ",
        "'",
        '"',
      ),
      fc.double(),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.date({ noInvalidDate: true, min: new Date("0100-01-01"), max: new Date("9999-12-31") }),
      fc.uint8Array({ maxLength: 40 }),
      fc.array(tie("tree"), { maxLength: 5 }),
      fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("<<", "null", "__proto__", "12")), tie("tree"), {
        maxKeys: 5,
        noNullPrototype: true,
      }),
    ),
  }));
  fc.assert(fc.property(tree, (value) => assert.deepEqual(parse(stringify(value)), value)), { numRuns: 400 });
});
