import assert from "node:assert/strict";
import type { StartCell } from "../../kernel/contract/channel.ts";
import type { CellId } from "../../kernel/contract/names.ts";
import { buildCommand, type Places } from "../../kernel/watchdog/build_command.ts";
import { BAKED_FLAGS } from "../../kernel/watchdog/one_file_command.ts";

const FILE: Places = {
  home: "/home/h",
  program: "/opt/meta-machine.mjs",
  run: "/run/r",
  entry: "/opt/meta-machine.mjs",
  bundler_wasm: "/opt/meta-machine.mjs",
  one_file: "file",
};
const BINARY: Places = { ...FILE, program: "/opt/meta-machine", entry: "/opt/meta-machine", one_file: "binary" };
const RUN = ["run", "--cached-only", "--no-check", "--quiet", "--no-config", "--no-lock", "--no-remote", "--no-npm"];

function order(more: Partial<StartCell> = {}): StartCell {
  const limits = { memory_mb: 128, heap_mb: 96 };
  return { t: "start_cell", cell: "notes~1" as CellId, folders: [], net: [], limits, ...more };
}

function value(places: Places, what: Parameters<typeof buildCommand>[1]): readonly string[] {
  const built = buildCommand(places, what);
  if (!built.ok) throw new Error(built.fault.message);
  return built.value;
}

Deno.test("Deno starts every role of the one file with the same flags, which are those that a binary has baked in", () => {
  const kernel = value(FILE, { role: "kernel", epoch: 1 });
  assert.deepEqual(kernel, [...RUN, "--no-code-cache", ...BAKED_FLAGS, "/opt/meta-machine.mjs", "kernel", "/home/h"]);
  for (const [cell, role] of [["notes~1", "cell"], ["@vet~1", "vet"], ["@warm~1", "cell"]] as const) {
    const command = value(FILE, order({ cell: cell as CellId }));
    assert.deepEqual(command.slice(0, -2), kernel.slice(0, -2));
    assert.equal(command.at(-2), role);
  }
  assert.deepEqual(BAKED_FLAGS, [
    "--allow-all",
    "--no-prompt",
    "--unstable-worker-options",
    "--unstable-kv",
    "--unstable-no-legacy-abort",
    "--v8-flags=--disallow-code-generation-from-strings,--max-semi-space-size=2,--no-memory-reducer",
  ]);
});

Deno.test("a binary is started with the role and its argument, and no flag", () => {
  assert.deepEqual(value(BINARY, { role: "kernel", epoch: 1 }), ["kernel", "/home/h"]);
  const [role, args, ...rest] = value(BINARY, order({ cell: "@vet~1" as CellId }));
  assert.equal(role, "vet");
  assert.deepEqual(rest, []);
  assert.deepEqual(JSON.parse(args!), {
    cell: "@vet~1",
    socket: "/run/r/k.sock",
    keeps: { read: ["/run/r/k.sock"], write: ["/run/r/k.sock"], net: ["unix:/run/r/k.sock"] },
    blank: true,
    memory_mb: 128,
  });
});

Deno.test("a cell of the one file is told by name what it keeps: its socket and its grants, and no folder of the program", () => {
  const folders = [{ path: "runtime/files/database", mode: "rw" }, { path: "docs", mode: "r" }] as const;
  for (const places of [FILE, BINARY]) {
    const args = JSON.parse(value(places, order({ folders, net: ["127.0.0.1:7777"] })).at(-1)!);
    assert.deepEqual(args.keeps, {
      read: ["/run/r/k.sock", "/home/h/runtime/files/database", "/home/h/docs"],
      write: ["/run/r/k.sock", "/home/h/runtime/files/database"],
      net: ["unix:/run/r/k.sock", "127.0.0.1:7777"],
    });
  }
});

Deno.test("what no pattern admits is refused for the one file as it is for sources", () => {
  for (const places of [FILE, BINARY]) {
    assert.ok(!buildCommand(places, order({ folders: [{ path: "../etc", mode: "r" }] })).ok);
    assert.ok(!buildCommand(places, order({ net: ["*"] })).ok);
    assert.ok(!buildCommand(places, order({ cell: "-A" as CellId })).ok);
    assert.ok(!buildCommand(places, { role: "kernel", epoch: 0 }).ok);
    assert.ok(!buildCommand({ ...places, entry: "--allow-run" }, order()).ok);
    const types = buildCommand(places, { role: "types", reads: ["/opt"] });
    assert.ok(!types.ok && /types/.test(types.fault.message));
  }
});
