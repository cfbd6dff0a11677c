import assert from "node:assert/strict";
import { ALL_CATEGORIES } from "../../kernel/contract/roles.ts";
import { revokePlan } from "../../kernel/primitives/revoke_plan.ts";

const SOCKET = "/h/run/k.sock";
const ALWAYS = ["env", "run", "sys", "ffi", "import"].map((name) => ({ name }));

Deno.test("revokePlan gives up whole categories that a role has no use for", () => {
  assert.deepEqual(revokePlan("cli"), []);
  assert.deepEqual(revokePlan("kernel"), ALWAYS);
  assert.deepEqual(revokePlan("watchdog").map(({ name }) => name), ["net", "env", "ffi", "import"]);
  for (const role of ["cell", "vet"] as const) assert.deepEqual(revokePlan(role), ALWAYS);
});

Deno.test("revokePlan gives up the names that a cell was started with and does not keep", () => {
  const keeps = { read: [SOCKET], write: [SOCKET], net: [`unix:${SOCKET}`] };
  const given = { read: [SOCKET, "/h/a"], write: [SOCKET], net: [`unix:${SOCKET}`, "a.b:443"] };
  assert.deepEqual(revokePlan("cell", keeps, given), [
    { name: "read", path: "/h/a" },
    { name: "net", host: "a.b:443" },
    ...ALWAYS,
  ]);
  assert.deepEqual(revokePlan("cell", keeps, keeps), ALWAYS);
});

Deno.test("revokePlan gives up a category of which a cell keeps no name", () => {
  const plan = revokePlan("cell", { read: [], write: [], net: [] });
  assert.deepEqual(plan.map(({ name }) => name).sort(), ALL_CATEGORIES.toSorted());
  assert.ok(plan.every((revocation) => revocation.path === undefined && revocation.host === undefined));
});
