import assert from "node:assert/strict";
import { type BracketBlock, readTurn, TurnReader } from "../../../../kernel/guest/sdk/bracket/mod.ts";

const F = "```";
const block = (text: string) => `${F}tool\n${text}\n${F}\n`;
const calls = (text: string) => readTurn(block(text))[0]!.calls;
const params = (text: string) => calls(`{call: t, params: ${text}}`)[0]?.params;
const error = (text: string) => {
  const [found] = readTurn(block(text));
  assert.deepEqual(found!.calls, [], text);
  return found!.error?.code;
};

Deno.test("readTurn reads the call of the paper's listing 8", () => {
  const text = `${F}tool\n{call: filesystem_read_file {params {path: "modules/web.py"} } }\n${F}\n`;
  assert.deepEqual(readTurn(text), [{
    line: 1,
    calls: [{ call: "filesystem_read_file", params: { path: "modules/web.py" } }],
    warnings: [],
    error: null,
  }]);
});

Deno.test("readTurn reads every way in which one map can be written as the same", () => {
  const same = [
    `{call: t, params: {a: 1, b: {c: x}}}`,
    `{call: t {params {a: 1} {b {c: x}}}}`,
    `{call:t{params{a:1 b:{c:x}}}}`,
    `{{call: t} {params: {a: 1} {b: {c: x}}}}`,
    `{"call": "t", "params": {"a": 1, "b": {"c": "x"}}}`,
    `{ call : t\n  params : { a : 1 }\n { b : { c : x } } }`,
    `{,call: t,, params: {a: 1,} {b: {c: x}},}`,
  ];
  for (const text of same) assert.deepEqual(calls(text), [{ call: "t", params: { a: 1, b: { c: "x" } } }], text);
});

Deno.test("readTurn merges maps into a key's value until a comma, and into the map around it after one", () => {
  assert.deepEqual(params(`{a: {x: 1} {y: 2}}`), { a: { x: 1, y: 2 } });
  assert.deepEqual(params(`{a: {x: 1}, {y: 2}}`), { a: { x: 1 }, y: 2 });
  assert.deepEqual(params(`{a: 1 {y: 2}}`), { a: 1, y: 2 });
  assert.deepEqual(params(`{a: [1] {y: 2}}`), { a: [1], y: 2 });
  assert.deepEqual(params(`{a {x: 1} {y: 2} b: 3}`), { a: { x: 1, y: 2 }, b: 3 });
  assert.deepEqual(params(`{a b}`), { a: {}, b: {} });
  assert.deepEqual(params(`{a: [{x: 1} {y: 2}]}`), { a: [{ x: 1 }, { y: 2 }] });
});

Deno.test("readTurn takes words for what they are", () => {
  assert.deepEqual(
    params(
      `{a: true, b: false, c: null, d: 1, e: -2.5e3, f: success, g: a.ts, h: C:/x, i: 2026-01-02, j: 01, k: 1a, l: -, m: truer}`,
    ),
    {
      ...{ a: true, b: false, c: null, d: 1, e: -2500, f: "success", g: "a.ts", h: "C:/x", i: "2026-01-02" },
      ...{ j: "01", k: "1a", l: "-", m: "truer" },
    },
  );
  assert.deepEqual(params(`{a: 9007199254740991}`), { a: 9007199254740991 });
  const [found] = readTurn(block(`{call: t, params: {a: 9007199254740992}}`));
  assert.deepEqual(found!.calls[0]!.params, { a: "9007199254740992" });
  assert.match(found!.warnings[0]!.message, /larger than a number holds/);
});

Deno.test("readTurn reads strings with every escape, and keeps an unknown one as two characters, with a warning", () => {
  assert.deepEqual(params(String.raw`{a: "\"\\\/\b\f\n\r\t\u0041\u{1F600}\u{a}"}`), { a: '"\\/\b\f\n\r\tA😀\n' });
  assert.deepEqual(params('{a: "two\nlines"}'), { a: "two\nlines" });
  const [found] = readTurn(block(String.raw`{call: t, params: {a: "\d\😀"}}`));
  assert.deepEqual(found!.calls[0]!.params, { a: String.raw`\d\😀` });
  assert.deepEqual(found!.warnings.map(({ line, column }) => [line, column]), [[2, 24], [2, 26]]);
  for (const bad of ["\\u12", "\\u{}", "\\u{110000}", "\\u{1234567}", "\\uzzzz"]) {
    assert.equal(error(`{call: t, params: {a: "${bad}"}}`), "bad_escape", bad);
  }
});

Deno.test("readTurn knows no key that pollutes anything", () => {
  const given = params(`{__proto__: {polluted: 1}, constructor: 2, prototype: 3}`)!;
  assert.deepEqual(Object.keys(given), ["__proto__", "constructor", "prototype"]);
  assert.equal(Object.getPrototypeOf(given), Object.prototype);
  assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
  assert.equal(error(`{call: t, params: {__proto__: 1, __proto__: 2}}`), "duplicate_key");
});

Deno.test("readTurn makes none of a block's calls when anything in it can't be read", () => {
  const cases: [string, string | undefined][] = [
    [`{call: a} {call: b`, "unterminated"],
    [`{call: a} {call: "b}`, undefined],
    [`{call: a} and then`, "trailing_text"],
    [`{call: a}}`, "trailing_text"],
    [`call: a`, "syntax"],
    [`{call: a, call: b}`, "duplicate_key"],
    [`{call: a, params: {x: 1} {x: 2}}`, "duplicate_key"],
    [`{call: }`, "syntax"],
    [`{call: a, params: [1]}`, "syntax"],
    [`{call: a, path: x}`, "syntax"],
    [`{params: {}}`, "syntax"],
    [`{call: a, params: {a: ]}}`, "syntax"],
    [`{call: a, params: {1: x}}`, "syntax"],
    [`{call: a, params: {a@b: x}}`, "syntax"],
    [`{call: a, params: {a: [1, 2}}`, "syntax"],
    [`{call: ""}`, "syntax"],
  ];
  for (const [text, code] of cases) if (code !== undefined) assert.equal(error(text), code, text);
  assert.deepEqual(readTurn(`${F}tool\n{call: a} {call: "b}\n${F}\n`)[0]!.error?.code, "unterminated_string");
});

Deno.test("readTurn says on which line and in which column of the whole text it failed", () => {
  const [found] = readTurn(`Hello.\n\n${F}tool\n{call: a,\n params: {x: 1, x: 2}}\n${F}\n`);
  assert.deepEqual(found, {
    line: 3,
    calls: [],
    warnings: [],
    error: { code: "duplicate_key", message: "'x' stands in this map already", line: 5, column: 17 },
  });
});

Deno.test("readTurn keeps the order of calls, and their ids as text", () => {
  const [found] = readTurn(block(`{call: a, id: c1}\n{call: b id: 7}`));
  assert.deepEqual(found!.calls, [{ call: "a", params: {}, id: "c1" }, { call: "b", params: {}, id: "7" }]);
  assert.equal(found!.warnings.length, 1);
});

Deno.test("readTurn finds a block's end outside of strings only, and text behind the calls does not hide it", () => {
  const text = `${F}tool\n{call: t, params: {a: "x\n${F}\n}"}}\n${F}\nand ${F}tool\n`;
  assert.deepEqual(readTurn(text).map(({ calls }) => calls), [[{ call: "t", params: { a: `x\n${F}\n}` } }]]);
  const [first, second] = readTurn(`${block(`{call: a} it's "so`)}${block("{call: b}")}`);
  assert.equal(first!.error?.code, "trailing_text");
  assert.deepEqual(second!.calls, [{ call: "b", params: {} }]);
});

Deno.test("readTurn takes fences as Markdown does", () => {
  const found = (text: string) => readTurn(text).map(({ line, calls }) => [line, calls[0]?.call]);
  assert.deepEqual(found(`   ${F}tool\n{call: a}\n   ${F}`), [[1, "a"]]);
  assert.deepEqual(found(`    ${F}tool\n{call: a}\n${F}`), [], "four spaces are code");
  assert.deepEqual(found(`~~~TOOL \r\n{call: a}\r\n~~~~  \r\n`), [[1, "a"]]);
  assert.deepEqual(found(`${F}\`tool\n{call: a}\n${F}\n${F}\`\n`), [[1, undefined]]);
  assert.deepEqual(
    found(`${F}\`md\n${block("{call: a}")}${F}\`\n${block("{call: b}")}`),
    [[6, "b"]],
    "inside a longer one",
  );
  assert.deepEqual(found(`${F}js\n${F}tool\n{call: a}\n${F}\n`), [], "inside another");
  assert.deepEqual(found(`${F}toolbox\n{call: a}\n${F}\n${F}tool x\n{call: a}\n${F}\n`), []);
  assert.deepEqual(found(`text ${F}tool\n{call: a}\n`), []);
  assert.deepEqual(found(`${F}result\n{result: a}\n${F}\n${block("{call: b}")}`), [[4, "b"]]);
});

Deno.test("readTurn makes no call of a block that is cut off at any character", () => {
  const text = block(`{call: a, params: {x: "y", z: [1, 2]}}`);
  for (let end = 0; end < text.length - 1; end++) {
    const found = readTurn(text.slice(0, end));
    assert.deepEqual(found.flatMap(({ calls }) => calls), [], text.slice(0, end));
  }
  assert.equal(readTurn(text.slice(0, -1))[0]!.calls.length, 1, "the closing fence may be the last line");
});

Deno.test("TurnReader gives the same for every split of the text, and each block once it is closed", () => {
  const text = `Well.\n${
    block(`{call: a, params: {x: "é\n${F}\n\\"", y: [1 {b: c}]}}`)
  }more\n${F}js\n${F}tool\n${F}\n~~~tool\n{call: b} no\n~~~\nend`;
  const whole = readTurn(text);
  assert.equal(whole.length, 2);
  for (let at = 0; at <= text.length; at++) {
    const reader = new TurnReader();
    const found = [...reader.feed(text.slice(0, at)), ...reader.feed(text.slice(at)), ...reader.end()];
    assert.deepEqual(found, whole, `split at ${at}`);
  }
  const reader = new TurnReader();
  const came: [number, BracketBlock][] = [];
  [...text].forEach((char, i) => reader.feed(char).forEach((one) => came.push([i, one])));
  assert.deepEqual([...came.map(([, one]) => one), ...reader.end()], whole);
  assert.equal(came[0]![0], [...text].join("").indexOf("more") - 1);
});

Deno.test("readTurn refuses the first beyond each limit and takes the last below", () => {
  const deep = (levels: number) =>
    readTurn(block(`{call: t, params: ${"{a:".repeat(levels - 1)}1${"}".repeat(levels - 1)}}`))[0]!;
  assert.equal(deep(64).error, null);
  assert.equal(deep(65).error?.code, "too_deep");
  const many = (count: number) => readTurn(block("{call: t}".repeat(count)))[0]!;
  assert.equal(many(32).calls.length, 32);
  assert.equal(many(33).error?.code, "too_many_calls");
  const [one, two] = readTurn(block("{call: t}".repeat(20)).repeat(2));
  assert.deepEqual([one!.calls.length, two!.error?.code], [20, "too_many_calls"]);
  const large = (bytes: number) => {
    const around = `{call: t, params: {a: ""}}\n`.length;
    return readTurn(
      block(`{call: t, params: {a: "${"é".repeat((bytes - around) / 2)}"}}${" ".repeat((bytes - around) % 2)}`),
    )[0]!;
  };
  assert.equal(large(1_048_576).error, null);
  assert.equal(large(1_048_577).error?.code, "too_large");
  assert.equal(
    readTurn(block(`{call: t, params: {a: "${"x".repeat(3_000_000)}"}}`) + block("{call: b}")).at(-1)!.calls[0]!.call,
    "b",
  );
});

Deno.test("readTurn needs no stack for a million braces", () => {
  assert.equal(readTurn(block("{".repeat(1_000_000)))[0]!.error?.code, "too_deep");
  assert.equal(readTurn(block(`{call: t, params: {a: ${"[".repeat(1_000_000)}`))[0]!.error?.code, "too_deep");
});

Deno.test("readTurn reads a fence's line whatever its length", () => {
  const far = " ".repeat(5_000);
  assert.equal(readTurn(`${F}tool${far}\n{call: a}\n${F}${far}\n`)[0]!.calls.length, 1);
  assert.deepEqual(readTurn(`${F}tool${far}x\n{call: a}\n${F}\n`), []);
  assert.equal(readTurn(`${F}tool\n{call: a}\n${F}${far}x\n${F}\n`)[0]!.error?.code, "trailing_text");
  const marks = "`".repeat(5_000);
  assert.equal(readTurn(`${marks}tool\n{call: a}\n${marks}`)[0]!.calls.length, 1);
});

Deno.test("readTurn counts the bytes of a block without its closing fence, whatever the fence's length and the pieces", () => {
  const around = `{call: t, params: {a: ""}}\n`.length;
  for (const fence of [F, "`".repeat(3_000)]) {
    for (const [bytes, code] of [[5_000, undefined], [5_001, "too_large"]] as const) {
      const text = `${fence}tool\n{call: t, params: {a: "${"x".repeat(bytes - around)}"}}\n${fence}${
        " ".repeat(9_000)
      }\n`;
      for (const size of [1, 997, text.length]) {
        const reader = new TurnReader({ block_bytes: 5_000 });
        const found: BracketBlock[] = [];
        for (let at = 0; at < text.length; at += size) found.push(...reader.feed(text.slice(at, at + size)));
        assert.deepEqual(found.map(({ error }) => error?.code), [code], `${bytes} in pieces of ${size}`);
      }
    }
  }
});

Deno.test("readTurn takes linear time for a warning at every other character", () => {
  const began = performance.now();
  const [found] = readTurn(block(`{call: t, params: {a: "${"\\d".repeat(500_000)}"}}`));
  assert.equal(found!.warnings.length, 500_000);
  assert.deepEqual(found!.warnings.at(-1)!.column, 24 + 999_998);
  assert.ok(performance.now() - began < 5_000);
});
