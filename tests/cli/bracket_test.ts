import assert from "node:assert/strict";
import { runProgram } from "./scripted_host.ts";

const F = "```";

async function withFile(text: string, then: (file: string) => Promise<void>): Promise<void> {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, text);
  try {
    await then(file);
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("bracket parse shows the calls of a text, with their ids and what was read otherwise than meant", () =>
  withFile(
    `Hi\n${F}tool\n{call: notes_add, params: {text: "hé", n: "\\d"}}\n{call: b id: c2}\n${F}\n`,
    async (file) => {
      assert.deepEqual(await runProgram("bracket", "parse", file), {
        code: 0,
        stdout: [
          'line 2: notes_add {text: "hé", n: "\\\\d"}',
          "  b {} (id c2)",
          "  warning: line 3, column 44: '\\d' is no escape and stays as it is; a backslash is written '\\\\'",
          "",
        ].join("\n"),
        stderr: "",
      });
    },
  ));

Deno.test("bracket parse marks the place where a block can't be read, and ends with 1", () =>
  withFile(`${F}tool\n{call: x,\n  params: {a: 1, a: 2}}\n${F}\n`, async (file) => {
    assert.deepEqual(await runProgram("bracket", "parse", file), {
      code: 1,
      stdout: [
        "line 3, column 18: duplicate_key: 'a' stands in this map already",
        "    params: {a: 1, a: 2}}",
        "                   ^",
        "",
      ].join("\n"),
      stderr: "",
    });
    const { code, stdout } = await runProgram("bracket", "parse", file, "--json");
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(stdout), {
      blocks: [{
        line: 1,
        calls: [],
        warnings: [],
        error: { code: "duplicate_key", message: "'a' stands in this map already", line: 3, column: 18 },
      }],
    });
  }));

Deno.test("bracket parse shows what a text does to a terminal instead of doing it", () =>
  withFile(`${F}tool\n{call: x, params: {a: "\u001b[2J", "\u202e": @}}\n${F}\n`, async (file) => {
    const { stdout } = await runProgram("bracket", "parse", file);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(stdout, /[\u001b\u202e]/);
  }));

Deno.test("bracket refuses a file that is not there, and an outcome that is none, with an example", async () => {
  const missing = await runProgram("bracket", "parse", "/nowhere/a.md");
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /^'\/nowhere\/a\.md' cannot be read: /);
  for (const text of ["{", "[]", '{"result": "t"}', '{"result": "t", "status": "success", "error": {}}', '{"x": 1}']) {
    await withFile(text, async (file) => {
      const { code, stderr } = await runProgram("bracket", "render", file);
      assert.equal(code, 1, text);
      assert.match(stderr, /^the outcome cannot be used: .*\nhint: for example /, text);
    });
  }
});

Deno.test("bracket render writes a result block", () =>
  withFile('{"result": "t", "status": "success", "data": [1, "```"], "id": "c1"}', async (file) => {
    const { code, stdout } = await runProgram("bracket", "render", file);
    assert.equal(code, 0);
    assert.equal(stdout, `${F}\`result\n{result: t, status: success, id: "c1", data: {value: [1, "${F}"]}}\n${F}\`\n`);
  }));
