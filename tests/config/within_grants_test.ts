import assert from "node:assert/strict";
import { NO_GRANTS, parseGrants } from "../../kernel/config/parse_grants.ts";
import { beyondGrants } from "../../kernel/config/within_grants.ts";

const beyond = (asked: Record<string, unknown>, allowed: Record<string, unknown>) =>
  beyondGrants(parseGrants(asked, []), parseGrants(allowed, []));

const EVERYTHING = {
  services: ["a", { api: "b", methods: ["m"], aspects: ["x"] }],
  net: ["h:1"],
  secrets: ["S"],
  image: [{ root: "r", mode: "rw" }],
  prompts: ["p.txt"],
  logs: ["l"],
  packages: ["k"],
  builtins: ["serve"],
  listen: ["127.0.0.1:1"],
  folders: [{ path: "f", mode: "r" }],
  kernel: ["status"],
  wasm: true,
};

Deno.test("beyondGrants finds nothing when everything asked is allowed", () => {
  assert.deepEqual(beyond(EVERYTHING, EVERYTHING), []);
  assert.deepEqual(beyond({}, EVERYTHING), []);
  assert.deepEqual(beyondGrants(NO_GRANTS, NO_GRANTS), []);
});

Deno.test("beyondGrants tells every entry when nothing is allowed", () => {
  assert.deepEqual(beyond(EVERYTHING, {}), [
    "services: a",
    "services: b (methods m; aspects x)",
    "net: h:1",
    "secrets: S",
    "image: r (rw)",
    "prompts: p.txt",
    "logs: l",
    "packages: k",
    "builtins: serve",
    "listen: 127.0.0.1:1",
    "folders: f (r)",
    "kernel: status",
    "wasm: true",
  ]);
});

Deno.test("beyondGrants lets a star cover what is below it, and nothing beside", () => {
  assert.deepEqual(beyond({ services: ["in/a", "in/b/c", "in/b/*", "in/*"] }, { services: ["in/*"] }), []);
  assert.deepEqual(beyond({ services: ["in", "inner/a"] }, { services: ["in/*"] }), [
    "services: in",
    "services: inner/a",
  ]);
  assert.deepEqual(beyond({ services: ["in/*"] }, { services: ["in/a"] }), ["services: in/*"]);
});

Deno.test("beyondGrants holds methods and aspects against one allowed entry", () => {
  const allowed = { services: [{ api: "a", methods: ["r", "w"] }, { api: "a", methods: ["x"], aspects: ["tool"] }] };
  assert.deepEqual(beyond({ services: [{ api: "a", methods: ["r"] }] }, allowed), []);
  assert.deepEqual(beyond({ services: [{ api: "a", methods: ["r"], aspects: ["any"] }] }, allowed), []);
  assert.deepEqual(beyond({ services: ["a"] }, allowed), ["services: a"]);
  assert.deepEqual(beyond({ services: [{ api: "a", methods: ["r", "x"] }] }, allowed), ["services: a (methods r, x)"]);
  assert.deepEqual(beyond({ services: [{ api: "a", methods: ["x"] }] }, allowed), ["services: a (methods x)"]);
});

Deno.test("beyondGrants lets a folder cover what is below it, and rw cover r", () => {
  const folders = (path: string, mode: string) => ({ folders: [{ path, mode }] });
  assert.deepEqual(beyond(folders("f/g", "r"), folders("f", "rw")), []);
  assert.deepEqual(beyond(folders("f", "rw"), folders(".", "rw")), []);
  assert.deepEqual(beyond(folders("f", "rw"), folders("f", "r")), ["folders: f (rw)"]);
  assert.deepEqual(beyond(folders("ff", "r"), folders("f", "r")), ["folders: ff (r)"]);
  assert.deepEqual(beyond(folders(".", "r"), folders("f", "r")), ["folders: . (r)"]);
});

Deno.test("beyondGrants takes a secret that goes elsewhere, or into the module's own hands, for another one", () => {
  const bound = (host: string, header = "X-Key") => ({ ...NO_GRANTS, secrets: [{ env: "K", host, header }] });
  const plain = { ...NO_GRANTS, secrets: [{ env: "K" }] };
  assert.deepEqual(beyondGrants(bound("a.example.com"), bound("a.example.com")), []);
  const beyond = (asked: typeof plain) => beyondGrants(asked, bound("a.example.com"));
  assert.deepEqual(beyond(bound("b.example.com")), ["secrets: K as X-Key for b.example.com"]);
  assert.deepEqual(beyond(bound("a.example.com", "Cookie")), ["secrets: K as Cookie for a.example.com"]);
  assert.deepEqual(beyond(plain), ["secrets: K"]);
});
