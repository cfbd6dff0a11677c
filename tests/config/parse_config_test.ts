import assert from "node:assert/strict";
import { DEFAULT_LIMITS } from "../../kernel/contract/limits.ts";
import { DEFAULT_IDLE_MS, lineOf } from "../../kernel/config/parse_config.ts";
import { NO_GRANTS } from "../../kernel/config/parse_grants.ts";
import { messageOf, refusalOf, specOf } from "./parsed.ts";

const SEGMENT = "a letter followed by up to 31 letters, digits, '_' or '-'";
const RULE = `1 to 4 segments joined by '/', each ${SEGMENT}`;

Deno.test("parseConfig makes a module with all defaults of an empty file", () => {
  for (const text of ["", "# nothing yet\n", "---\n", "{}", "grants:\nlimits:\nrestart:\nreload:\n"]) {
    assert.deepEqual(specOf(text, "configs/services/my_module-v1.2.yml"), {
      api: "services/my_module",
      prog: "services/my_module",
      config: "configs/services/my_module-v1.2.yml",
      version: "1.2",
      grants: NO_GRANTS,
      limits: DEFAULT_LIMITS,
      restart: { max: 5, window_s: 60 },
      reload: "blue_green",
      start: "eager",
      idle_ms: DEFAULT_IDLE_MS,
      cell: "own",
      approve: "ask",
      own: {},
    });
  }
});

Deno.test("parseConfig lets api and prog each override the path, not one another", () => {
  const spec = specOf("api: database", "configs/services/db.yml");
  assert.equal(spec.api, "database");
  assert.equal(spec.prog, "services/db");
  const other = specOf("prog: openai", "configs/inference/deepseek.yml");
  assert.equal(other.api, "inference/deepseek");
  assert.equal(other.prog, "openai");
});

Deno.test("parseConfig reads each key of a module's life", () => {
  const spec = specOf("reload: stop_start\nstart: on_call\nidle_ms: 1\ncell: shared\napprove: never\n");
  assert.deepEqual(
    [spec.reload, spec.start, spec.idle_ms, spec.cell, spec.approve],
    ["stop_start", "on_call", 1, "shared", "never"],
  );
});

Deno.test("parseConfig refuses words outside the closed lists", () => {
  const of = (text: string) => messageOf(`\n${text}`);
  assert.equal(of("reload: red"), 'configs/a.yml:2: reload: found "red", allowed: blue_green, stop_start');
  assert.equal(of("start: later"), 'configs/a.yml:2: start: found "later", allowed: eager, on_call');
  assert.equal(of("approve: yes"), 'configs/a.yml:2: approve: found "yes", allowed: ask, never');
  assert.equal(of("cell: a/b"), `configs/a.yml:2: cell: found "a/b", allowed: own, or a name: ${SEGMENT}`);
  assert.equal(of("cell: 3"), `configs/a.yml:2: cell: found 3, allowed: own, or a name: ${SEGMENT}`);
  assert.equal(of("idle_ms: 0"), "configs/a.yml:2: idle_ms: found 0, allowed: a whole number from 1 to 2147483647");
  assert.match(of("idle_ms: 2147483648"), /found 2147483648/);
  assert.equal(specOf("idle_ms: 2147483647").idle_ms, 2147483647);
});

Deno.test("parseConfig refuses an api out of the pattern, and the last name that fits is allowed", () => {
  assert.equal(
    messageOf("x: 1\napi: 1a"),
    `configs/a.yml:2: api: found "1a", allowed: ${RULE}; set api: or rename the file`,
  );
  assert.equal(specOf(`api: a${"b".repeat(31)}`).api.length, 32);
  assert.match(messageOf(`api: a${"b".repeat(32)}`), /: api: found /);
  assert.equal(specOf("api: a/b/c/d").api, "a/b/c/d");
  assert.match(messageOf("api: a/b/c/d/e"), /: api: found "a\/b\/c\/d\/e", allowed: 1 to 4 segments/);
  assert.equal(refusalOf("api: '@operator'").api, undefined);
});

Deno.test("parseConfig refuses a file whose path makes no api, unless api and prog are set", () => {
  assert.match(messageOf("", "configs/1st.yml"), /^configs\/1st\.yml: api: found "1st", allowed: /);
  assert.match(messageOf("api: first", "configs/1st.yml"), /^configs\/1st\.yml:1: prog: found "1st", allowed: /);
  assert.equal(specOf("api: first\nprog: first", "configs/1st.yml").api, "first");
});

Deno.test("parseConfig refuses a prog that leads anywhere but down, with file, line, found and allowed", () => {
  for (const prog of ["../../x", "/etc/x", "a/../b", "./a", "a//b", "a/", "a.ts", "a\\b", "a b", "file:x", ""]) {
    const rejection = refusalOf(`# prog\nprog: ${JSON.stringify(prog)}`);
    assert.equal(rejection.line, 2);
    assert.equal(rejection.api, "a");
    assert.equal(
      rejection.fault.message,
      `configs/a.yml:2: prog: found ${
        JSON.stringify(prog)
      }, allowed: the path of a source below plugins/ without extension, ${RULE}`,
    );
  }
});

Deno.test("parseConfig refuses a file that is no map", () => {
  assert.equal(messageOf("- a\n- b"), "configs/a.yml:1: found a list, allowed: a map of keys, or an empty file");
  assert.equal(messageOf("just text"), 'configs/a.yml:1: found "just text", allowed: a map of keys, or an empty file');
});

Deno.test("parseConfig refuses broken YAML with its line and tells the api that is meant", () => {
  const rejection = refusalOf("api: notes\ngrants: {net: [\n", "configs/services/n.yml");
  assert.match(rejection.fault.message, /^configs\/services\/n\.yml:\d: broken YAML: .+ at line \d+, column \d+$/);
  assert.equal(rejection.api, "notes");
  assert.equal(rejection.fault.hint, "mend the file; what ran before keeps running");
  assert.equal(refusalOf("a: [", "configs/services/n.yml").api, "services/n");
});

Deno.test("parseConfig refuses a key given twice, a second document and an unknown tag", () => {
  assert.match(messageOf("a: 1\nb: 2\na: 3\n"), /^configs\/a\.yml:3: broken YAML: /);
  assert.match(messageOf("a: 1\n---\nb: 2\n"), /broken YAML: .*document/);
  assert.match(messageOf("a: !!js/function 'x'\n"), /broken YAML: /);
});

Deno.test("parseConfig allows 100 aliases and refuses the next", () => {
  const text = (count: number) => `a: &x 1\nb: [${Array(count).fill("*x").join(", ")}]\n`;
  assert.equal((specOf(text(100)).own.b as unknown[]).length, 100);
  assert.match(messageOf(text(101)), /^configs\/a\.yml:2: broken YAML: More than 100 aliases/);
});

Deno.test("parseConfig refuses a YAML bomb quickly", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 10; i++) lines.push(`a${i}: &a${i} [${Array(10).fill(`*a${i - 1}`).join(", ")}]`);
  const before = performance.now();
  assert.match(messageOf(lines.join("\n")), /aliases/);
  assert.ok(performance.now() - before < 2_000);
});

Deno.test("parseConfig names the line of a value in a list, and of the list where an alias brought it", () => {
  assert.equal(refusalOf("grants:\n  net:\n    - a:1\n    - b\n").line, 4);
  assert.equal(refusalOf("x: &n [b]\ngrants:\n  net: *n\n").line, 3);
});

Deno.test("parseConfig leaves no invisible character and no long text of a value in its message", () => {
  const message = messageOf(`cell: "a\\u202e\\u0007\\u001b[31m${"x".repeat(500)}"`);
  assert.doesNotMatch(message, /\p{C}/u);
  assert.ok(message.length < 300, message);
});

Deno.test("lineOf falls back to the nearest part of the path that has a line", () => {
  assert.equal(lineOf("a: 1\nb:\n  c: 2\n", ["b", "c"]), 3);
  assert.equal(lineOf("a: 1\nb:\n  c: 2\n", ["b", "x", "y"]), 2);
  assert.equal(lineOf("", ["b"]), undefined);
});
