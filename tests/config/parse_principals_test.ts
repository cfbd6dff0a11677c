import assert from "node:assert/strict";
import { MOST_PRINCIPALS, parsePrincipals } from "../../kernel/config/parse_principals.ts";

const CONSOLE = { name: "console", services: "read_only" };
const refusal = (text: string): readonly [message: string, line: number | undefined] => {
  const parsed = parsePrincipals(text);
  assert.ok(!parsed.ok, `expected a refusal of ${text}`);
  assert.equal(parsed.rejection.file, "configs/principals.yml");
  return [parsed.rejection.fault.message, parsed.rejection.line];
};

Deno.test("parsePrincipals knows the console without a file, as one that only looks", () => {
  for (const text of [undefined, "", "# nobody\n", "{}"]) {
    const parsed = parsePrincipals(text);
    assert.ok(parsed.ok);
    assert.deepEqual([...parsed.value.values()], [CONSOLE]);
  }
});

Deno.test("parsePrincipals reads what each may call; one without grants may nothing", () => {
  const parsed = parsePrincipals(`
console: {grants: {services: [database]}}
web/kitchen:
  grants:
    services: ["notes", {api: filesystem, aspects: [tool], methods: [read_file]}]
guest:
`);
  assert.ok(parsed.ok);
  assert.deepEqual([...parsed.value.values()], [
    { name: "console", services: [{ api: "database" }] },
    {
      name: "web/kitchen",
      services: [{ api: "notes" }, { api: "filesystem", aspects: ["tool"], methods: ["read_file"] }],
    },
    { name: "guest", services: [] },
  ]);
});

Deno.test("parsePrincipals refuses by file and line what is no principal", () => {
  assert.deepEqual(refusal("a: {grants: {net: [b:1]}}"), [
    'configs/principals.yml:1: a.grants: found the unknown key "net", allowed: services',
    1,
  ]);
  assert.match(refusal("\n'@a': {}\n")[0], /principals\.yml:2: found the principal "@a", allowed: 1 to 4 segments/);
  for (const name of ["operator", "kernel", "tools"]) {
    assert.match(refusal(`${name}: {}`)[0], /services know the host's own by it/);
  }
  assert.match(refusal("a: {grant: {}}")[0], /found the unknown key "grant", allowed: grants/);
  assert.match(refusal("a: {grants: {services: ['*']}}")[0], /a\.grants\.services\[0\]/);
  assert.match(refusal("- a")[0], /found a list, allowed: a map of principals' names/);
  assert.match(refusal("a: [")[0], /broken YAML/);
});

Deno.test("parsePrincipals takes so many and no more", () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => `p${i}: {}`).join("\n");
  assert.ok(parsePrincipals(many(MOST_PRINCIPALS)).ok);
  assert.match(refusal(many(MOST_PRINCIPALS + 1))[0], /found 257 principals, allowed: at most 256/);
});
