import assert from "node:assert/strict";
import { BUILTINS, type Grants, KERNEL_GRANTS } from "../../kernel/contract/spec.ts";
import { NO_GRANTS } from "../../kernel/config/parse_grants.ts";
import { LIST_ENTRIES } from "../../kernel/config/read_value.ts";
import { messageOf, specOf } from "./parsed.ts";

const grants = (text: string): Grants => specOf(`grants: {${text}}`).grants;
const refusal = (text: string): string => messageOf(`\ngrants: {${text}}`).replace(/^configs\/a\.yml:2: grants/, "");
const assertAllRefused = (key: string, entries: readonly string[]) => {
  for (const entry of entries) assert.match(refusal(`${key}: [${entry}]`), new RegExp(`^\\.${key}\\[0\\]`), entry);
};

Deno.test("parseGrants grants nothing by default", () => {
  assert.deepEqual(specOf("").grants, NO_GRANTS);
  for (const [key, value] of Object.entries(NO_GRANTS)) assert.deepEqual(value, key === "wasm" ? false : []);
});

Deno.test("parseGrants reads the example of the documentation", () => {
  const text = `
grants:
  services: [database, "inference/*", {api: notes, methods: [read], aspects: [default]}]
  net: ["api.example.com:443"]
  secrets: [{env: API_KEY, host: api.example.com, header: Authorization}, OTHER_KEY, {env: THIRD}]
  image: [{root: notes, mode: rw}]
  prompts: [meta.txt]
  logs: [metacognition]
  packages: [openai]
  builtins: ["node:sqlite"]
  listen: ["127.0.0.1:7777"]
  folders: [{path: runtime/files/database, mode: rw}]
  kernel: [status, events, reload]
  wasm: true
`;
  assert.deepEqual(specOf(text).grants, {
    services: [{ api: "database" }, { api: "inference/*" }, { api: "notes", methods: ["read"], aspects: ["default"] }],
    net: ["api.example.com:443"],
    secrets: [
      { env: "API_KEY", host: "api.example.com", header: "Authorization" },
      { env: "OTHER_KEY" },
      { env: "THIRD" },
    ],
    image: [{ root: "notes", mode: "rw" }],
    prompts: ["meta.txt"],
    logs: ["metacognition"],
    packages: ["openai"],
    builtins: ["node:sqlite"],
    listen: ["127.0.0.1:7777"],
    folders: [{ path: "runtime/files/database", mode: "rw" }],
    kernel: ["status", "events", "reload"],
    wasm: true,
  });
});

Deno.test("parseGrants refuses an unknown key and lists the known ones", () => {
  assert.equal(
    refusal("nett: []"),
    `: found the unknown key "nett", allowed: ${Object.keys(NO_GRANTS).join(", ")}`,
  );
  assert.match(messageOf("grants: all"), /^configs\/a\.yml:1: grants: found "all", allowed: a map of services, /);
  assert.match(messageOf("grants: [net]"), /^configs\/a\.yml:1: grants: found a list, allowed: a map of services, /);
});

Deno.test("parseGrants refuses a text or map where a list is due", () => {
  assert.equal(refusal("net: 'a:1'"), '.net: found "a:1", allowed: a list of host:port');
  assert.equal(
    refusal("services: {api: x}"),
    ".services: found a map, allowed: a list of api names or maps of api, methods, aspects",
  );
  assert.equal(refusal("wasm: 1"), ".wasm: found 1, allowed: true, false");
});

Deno.test("parseGrants allows the longest list and refuses the next entry", () => {
  const list = (count: number) => `logs: [${Array(count).fill("a").join(", ")}]`;
  assert.equal(grants(list(LIST_ENTRIES)).logs.length, LIST_ENTRIES);
  assert.equal(
    refusal(list(LIST_ENTRIES + 1)),
    `.logs: found ${LIST_ENTRIES + 1} entries, allowed: at most ${LIST_ENTRIES}`,
  );
});

Deno.test("parseGrants takes services as texts or maps and refuses a bare star, private methods and unknown keys", () => {
  assert.deepEqual(grants("services: ['a/b/c/*', {api: x, methods: []}]").services, [
    { api: "a/b/c/*" },
    { api: "x", methods: [] },
  ]);
  assertAllRefused("services", ["'*'", "'a*'", "'*/a'", "'a/b/c/d/*'", "1", "[a]", "null", "'a/'", "{}", "{api: 1}"]);
  assert.match(
    refusal("services: [{api: x, method: [a]}]"),
    /^\.services\[0\]: found the unknown key "method", allowed: api, methods, aspects$/,
  );
  assert.equal(
    refusal("services: [{api: x, methods: [_a]}]"),
    '.services[0].methods[0]: found "_a", allowed: the name of a public method',
  );
  assert.match(refusal("services: [{api: x, methods: [constructor]}]"), /allowed: the name of a public method/);
  assert.match(
    refusal("services: [{api: x, aspects: ['']}]"),
    /^\.services\[0\]\.aspects\[0\]: found "", allowed: the name of an aspect$/,
  );
});

Deno.test("parseGrants allows the longest method and aspect name and refuses the next", () => {
  const of = (key: string, length: number) => `services: [{api: x, ${key}: [${"a".repeat(length)}]}]`;
  assert.ok(grants(of("methods", 128)) && grants(of("aspects", 64)));
  assert.match(refusal(of("methods", 129)), /methods\[0\]/);
  assert.match(refusal(of("aspects", 65)), /aspects\[0\]/);
});

Deno.test("parseGrants takes net as host:port and refuses everything else", () => {
  const fine = ["a.b-c.example:1", "[::1]:65535", "127.0.0.1:80", "my_host:5432"];
  assert.deepEqual(grants(`net: ${JSON.stringify(fine)}`).net, fine);
  assertAllRefused("net", [
    "'a'",
    "'a:0'",
    "'a:65536'",
    "'a:-1'",
    "'a:b'",
    "'*:80'",
    "'*.a.b:80'",
    "'http://a:80'",
    "'a:80/x'",
    "'a:80,b:80'",
    "':80'",
    "'unix:/x'",
    "80",
  ]);
  assert.equal(
    refusal("net: [example.com]"),
    '.net[0]: found "example.com", allowed: host:port, such as "api.example.com:443"',
  );
});

Deno.test("parseGrants takes port 0 for listening only", () => {
  assert.deepEqual(grants("listen: ['127.0.0.1:0', '127.0.0.1:65535']").listen, ["127.0.0.1:0", "127.0.0.1:65535"]);
  assertAllRefused("listen", ["'127.0.0.1:65536'", "'127.0.0.1'", "7777"]);
});

Deno.test("parseGrants binds a secret to a host in the form in which hosts are compared, and to a header that frames nothing", () => {
  const bound = (more: string) => `secrets: [{env: API_KEY, ${more}}]`;
  assert.deepEqual(grants(bound('host: "[::1]", header: X-Key')).secrets, [
    { env: "API_KEY", host: "[::1]", header: "X-Key" },
  ]);
  assert.equal(
    refusal(bound("host: api.example.com")),
    ".secrets[0].header: found nothing, allowed: the name of a header that is not the connection's own, such as Authorization",
  );
  assert.equal(
    refusal(bound("header: X-Key")),
    ".secrets[0].host: found nothing, allowed: a host as in grants.net without its port, in small letters, such as api.example.com",
  );
  for (
    const host of ["API.example.com", "api.example.com.", "api.example.com:443", "'*'", "'a b'", "https://a", "''", "7"]
  ) {
    assert.match(refusal(bound(`host: ${host}, header: X-Key`)), /^\.secrets\[0\]\.host: /, host);
  }
  for (
    const header of ["Host", "content-length", "Transfer-Encoding", "Range", "'a b'", '"a\\nb"', "''", "'a:'", "7"]
  ) {
    assert.match(refusal(bound(`host: a.example, header: ${header}`)), /^\.secrets\[0\]\.header: /, header);
  }
});

Deno.test("parseGrants refuses secrets that are no names of variables", () => {
  assert.equal(grants(`secrets: [A${"b".repeat(127)}]`).secrets.length, 1);
  assertAllRefused("secrets", [
    `A${"b".repeat(128)}`,
    "1A",
    "'A=B'",
    "'A B'",
    "''",
    "{}",
    "{env: 1}",
    "{name: A}",
    "7",
  ]);
});

Deno.test("parseGrants takes folders below the home with mode r or rw", () => {
  assert.deepEqual(grants("folders: [{path: runtime/files/a b, mode: r}, {path: ., mode: rw}]").folders, [
    { path: "runtime/files/a b", mode: "r" },
    { path: ".", mode: "rw" },
  ]);
  const paths = [
    "..",
    "../x",
    "a/../b",
    "/etc",
    "a//b",
    "a/",
    "a,b",
    "a\\\\b",
    "./a",
    "a/.",
    "",
    "a\\u0000b",
    "a\\u202eb",
  ];
  assertAllRefused("folders", paths.map((path) => `{path: "${path}", mode: r}`));
  assertAllRefused("folders", [
    "{path: a}",
    "{path: a, mode: w}",
    "{path: a, mode: rwx}",
    "{mode: r}",
    "a",
    "{path: a, mode: r, x: 1}",
  ]);
  assert.equal(refusal("folders: [{path: a, mode: w}]"), '.folders[0].mode: found "w", allowed: r, rw');
  assert.equal(
    refusal("folders: [{path: ../x, mode: r}]"),
    ".folders[0].path: found \"../x\", allowed: a path below the home without '..', ',' or a '/' at its ends, or '.' for the home itself",
  );
});

Deno.test("parseGrants takes image roots and prompts as relative paths", () => {
  assert.deepEqual(grants("image: [{root: a/b, mode: r}]").image, [{ root: "a/b", mode: "r" }]);
  assertAllRefused("image", ["{root: ., mode: r}", "{root: ../a, mode: r}", "{root: a}", "a"]);
  assert.deepEqual(grants("prompts: [sub/meta.txt]").prompts, ["sub/meta.txt"]);
  assertAllRefused("prompts", ["../configs/a.yml", "/etc/passwd", ".", "1"]);
});

Deno.test("parseGrants takes every builtin and every name of the kernel, and nothing else", () => {
  assert.deepEqual(grants(`builtins: ${JSON.stringify(BUILTINS)}`).builtins, [...BUILTINS]);
  assert.deepEqual(grants(`kernel: ${JSON.stringify(KERNEL_GRANTS)}`).kernel, [...KERNEL_GRANTS]);
  assertAllRefused("builtins", ["'node:fs'", "'node:process'", "'node:vm'", "sqlite", "__proto__"]);
  assertAllRefused("kernel", ["getApi", "secret", "toString", "exit"]);
  assert.equal(refusal("builtins: ['node:vm']"), `.builtins[0]: found "node:vm", allowed: ${BUILTINS.join(", ")}`);
});

Deno.test("parseGrants takes names of logs and packages and refuses paths", () => {
  assert.deepEqual(grants("packages: ['@scope/name', kysely]").packages, ["@scope/name", "kysely"]);
  assertAllRefused("packages", ["../x", "a/b", "'npm:x'", "'@a/b/c'", "''", "1"]);
  assertAllRefused("logs", ["../x", "a/b", "a.b", "''", `a${"b".repeat(32)}`]);
  assert.equal(grants(`logs: [a${"b".repeat(31)}]`).logs.length, 1);
});
