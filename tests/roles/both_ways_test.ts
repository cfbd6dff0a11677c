import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { CellArgs } from "../../kernel/contract/roles.ts";

const SAY = fileURLToPath(new URL("./say_permissions.ts", import.meta.url));
const FLAGS = ["run", "--no-prompt", "--cached-only", "--no-check", "--quiet", "--unstable-worker-options"];
const EVERYTHING = ["--allow-all", "--unstable-kv"];
/** More than a role is ever given, by names. */
const LISTS = [
  "--allow-read=/tmp/k.sock,/tmp/other,.",
  "--allow-write=/tmp/k.sock,/tmp/other",
  "--allow-net=unix:/tmp/k.sock,127.0.0.1:1",
  "--ignore-env",
  "--allow-sys=hostname",
];
const CELL: CellArgs = {
  cell: "tried~1" as CellArgs["cell"],
  socket: "/tmp/k.sock",
  keeps: { read: ["/tmp/k.sock"], write: ["/tmp/k.sock"], net: ["unix:/tmp/k.sock"] },
  blank: true,
  memory_mb: 128,
};

async function left(role: string, flags: readonly string[], args: readonly string[]) {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...FLAGS, ...flags, SAY, role, ...args],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stdout);
  assert.ok(said.startsWith("{"), new TextDecoder().decode(stderr));
  return JSON.parse(said) as { whole: string[]; named: string[] };
}

const ROLES = [
  { role: "kernel", args: [], whole: ["read", "write", "net"], named: [] },
  { role: "cell", args: [JSON.stringify(CELL)], whole: ["read", "write", "net"], named: Array(2).fill("/tmp/k.sock") },
  { role: "vet", args: [JSON.stringify(CELL)], whole: ["read", "write", "net"], named: Array(2).fill("/tmp/k.sock") },
  { role: "types", args: [], whole: ["read"], named: [] },
];

for (const { role, args, whole, named } of ROLES) {
  Deno.test(`the role ${role}, started with everything, keeps ${whole.join(", ")} and no more`, async () => {
    assert.deepEqual(await left(role, EVERYTHING, args), { whole, named });
  });
  Deno.test(`the role ${role}, started with lists, has no category as a whole and keeps its names`, async () => {
    assert.deepEqual(await left(role, LISTS, args), { whole: [], named });
  });
}
