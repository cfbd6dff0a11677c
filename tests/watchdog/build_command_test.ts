import assert from "node:assert/strict";
import type { StartCell } from "../../kernel/contract/channel.ts";
import type { CellId } from "../../kernel/contract/names.ts";
import { buildCommand, isFlagPath } from "../../kernel/watchdog/build_command.ts";

const PLACES = {
  home: "/home/h",
  program: "/opt/p",
  run: "/run/r",
  entry: "/opt/p/main.ts",
  bundler_wasm: "/opt/p/node_modules/b.wasm",
};
const COMMON = [
  "run",
  "--no-prompt",
  "--cached-only",
  "--no-check",
  "--quiet",
  "--config=/opt/p/deno.json",
  "--lock=/opt/p/deno.lock",
  "--frozen",
];

function order(more: Partial<StartCell> = {}): StartCell {
  const limits = { memory_mb: 128, heap_mb: 96 };
  return { t: "start_cell", cell: "notes~1" as CellId, folders: [], net: [], limits, ...more };
}

function command(more: Partial<StartCell>): readonly string[] {
  const built = buildCommand(PLACES, order(more));
  if (!built.ok) throw new Error(built.fault.message);
  return built.value;
}

Deno.test("buildCommand gives a kernel its folders, its two sockets and nothing else", () => {
  const built = buildCommand(PLACES, { role: "kernel", epoch: 7 });
  assert.deepEqual(built.ok && built.value, [
    ...COMMON,
    "--ignore-env",
    "--unstable-kv",
    "--allow-read=/run/r,/home/h/configs,/home/h/plugins,/home/h/prompts,/home/h/kernel,/home/h/runtime,/opt/p",
    "--allow-write=/run/r,/home/h/configs,/home/h/plugins,/home/h/prompts,/home/h/runtime/logs,/home/h/runtime/cache,/home/h/runtime/image",
    "--allow-net=unix:/run/r/k.7.sock,unix:/run/r/c.7.sock",
    "--v8-flags=--disallow-code-generation-from-strings",
    "/opt/p/main.ts",
    "kernel",
  ]);
});

Deno.test("buildCommand gives a cell without grants one socket name and the libraries", () => {
  assert.deepEqual(command({}), [
    ...COMMON,
    "--unstable-worker-options",
    "--unstable-no-legacy-abort",
    "--allow-read=/run/r/k.sock,/opt/p/libs",
    "--allow-write=/run/r/k.sock",
    "--allow-net=unix:/run/r/k.sock",
    "--v8-flags=--disallow-code-generation-from-strings,--max-old-space-size=96,--max-semi-space-size=2,--no-memory-reducer",
    "/opt/p/main.ts",
    "cell",
    `{"cell":"notes~1","socket":"/run/r/k.sock","keeps":{"read":["/run/r/k.sock","/opt/p/libs"],"write":["/run/r/k.sock"],"net":["unix:/run/r/k.sock"]},"blank":true,"memory_mb":128}`,
  ]);
});

Deno.test("buildCommand adds granted folders and hosts, a read-only folder to read alone", () => {
  const args = command({
    folders: [{ path: "runtime/files/database", mode: "rw" }, { path: "docs", mode: "r" }, { path: ".", mode: "r" }],
    net: ["127.0.0.1:7777", "api.example.com:443", "[::1]:80"],
  });
  assert.ok(
    args.includes("--allow-read=/run/r/k.sock,/opt/p/libs,/home/h/runtime/files/database,/home/h/docs,/home/h"),
  );
  assert.ok(args.includes("--allow-write=/run/r/k.sock,/home/h/runtime/files/database"));
  assert.ok(args.includes("--allow-net=unix:/run/r/k.sock,127.0.0.1:7777,api.example.com:443,[::1]:80"));
});

Deno.test("buildCommand lets the cell of the http service connect anywhere, and no other, and that one nothing beside it", () => {
  const any_net = true as const;
  const args = command({ cell: "http~2" as CellId, any_net });
  assert.ok(args.includes("--allow-net"));
  assert.equal(JSON.parse(args.at(-1)!).blank, false, "no Worker without permissions is made ahead in it");
  const refused = (more: Partial<StartCell>) => {
    const built = buildCommand(PLACES, order({ any_net, ...more }));
    return built.ok ? "" : built.fault.message;
  };
  for (const cell of ["notes~1", "http2~1", "web.http~1", "@warm~1", "@vet~1"]) {
    assert.equal(refused({ cell: cell as CellId }), `Cannot start a process with any address for ${cell}`);
  }
  const cell = "http~2" as CellId;
  assert.match(refused({ cell, net: ["a.example:443"] }), /any address/);
  assert.match(refused({ cell, folders: [{ path: "docs", mode: "r" }] }), /any address/);
});

Deno.test("buildCommand gives a vet cell the bundler's one file and the role vet", () => {
  const args = command({ cell: "@vet~3" as CellId });
  assert.ok(args.includes("--allow-read=/run/r/k.sock,/opt/p/libs,/opt/p/node_modules/b.wasm"));
  assert.ok(args.includes("--allow-write=/run/r/k.sock"));
  assert.equal(args.at(-2), "vet");
});

Deno.test("buildCommand lets a process that checks types read the given folders and nothing else", () => {
  const built = buildCommand(PLACES, { role: "types", reads: ["/opt/p/libs", "/opt/p/compiler"] });
  assert.deepEqual(built.ok && built.value, [
    ...COMMON,
    "--ignore-env",
    "--allow-read=/opt/p/libs,/opt/p/compiler",
    "--v8-flags=--disallow-code-generation-from-strings,--max-old-space-size=448",
    "/opt/p/main.ts",
    "types",
  ]);
  for (const path of ["libs", "/a,/etc", "/a/../b", "/a\u0000"]) {
    const refused = buildCommand(PLACES, { role: "types", reads: [path] });
    assert.equal(refused.ok || refused.fault.code, "invalid_argument", path);
  }
});

Deno.test("buildCommand starts a warm cell as a cell without grants", () => {
  const [warm, notes] = [command({ cell: "@warm~1" as CellId }), command({ cell: "notes~1" as CellId })];
  assert.deepEqual(warm.slice(0, -1), notes.slice(0, -1));
  assert.equal(JSON.parse(warm.at(-1)!).cell, "@warm~1");
});

Deno.test("buildCommand never gives run, ffi, sys, env, import, all, or a category without a list", () => {
  const folders = [{ path: "a b", mode: "rw" }, { path: "-A", mode: "rw" }, {
    path: "--allow-run",
    mode: "r",
  }] as const;
  const all = [
    command({ folders, net: ["a:1"] }),
    command({ cell: "@vet~1" as CellId }),
    (buildCommand(PLACES, { role: "kernel", epoch: 1 }) as { value: readonly string[] }).value,
  ];
  for (const args of all) {
    const flags = args.slice(0, args.indexOf("/opt/p/main.ts"));
    for (const flag of flags.filter((flag) => /^--?(?:allow|A|R|W|N|E|S|P)/.test(flag))) {
      assert.match(flag, /^--allow-(?:read|write|net)=(?:unix:)?\/run\/r/);
    }
    assert.ok(flags.every((flag) => flag === "run" || flag.startsWith("--")));
  }
});

const REFUSED: readonly (readonly [string, Partial<StartCell>])[] = [
  ["a folder that climbs", { folders: [{ path: "../etc", mode: "r" }] }],
  ["a folder that climbs later", { folders: [{ path: "a/../../b", mode: "r" }] }],
  ["an absolute folder", { folders: [{ path: "/etc", mode: "r" }] }],
  ["an empty folder", { folders: [{ path: "", mode: "r" }] }],
  ["a folder with a comma", { folders: [{ path: "a,/etc", mode: "r" }] }],
  ["a folder with a control character", { folders: [{ path: "a\u0000b", mode: "r" }] }],
  ["a mode of its own", { folders: [{ path: "a", mode: "rwx" as "rw" }] }],
  ["a host without a port", { net: ["example.com"] }],
  ["every host", { net: ["*:443"] }],
  ["two hosts in one", { net: ["a:1,b:2"] }],
  ["another socket", { net: ["unix:/run/r/c.1.sock"] }],
  ["an URL", { net: ["https://example.com:443"] }],
  ["a port beyond 65535", { net: ["a:65536"] }],
  ["no host", { net: [""] }],
  ["an unknown cell of the host's own", { cell: "@root~1" as CellId }],
  ["a cell without number", { cell: "notes" as CellId }],
  ["a cell that is a path", { cell: "../x~1" as CellId }],
  ["a vet cell with a folder", { cell: "@vet~1" as CellId, folders: [{ path: "a", mode: "r" }] }],
  ["a vet cell with a host", { cell: "@vet~1" as CellId, net: ["a:1"] }],
  ["a warm cell with a folder", { cell: "@warm~1" as CellId, folders: [{ path: "a", mode: "r" }] }],
  ["a warm cell with a host", { cell: "@warm~1" as CellId, net: ["a:1"] }],
  ["a cell that is nearly a warm one", { cell: "@warmer~1" as CellId }],
  ["a heap of 15 MB", { limits: { memory_mb: 128, heap_mb: 15 } }],
  ["a heap that is text", { limits: { memory_mb: 128, heap_mb: "96,--x" as unknown as number } }],
  ["memory of half a MB more than whole", { limits: { memory_mb: 128.5, heap_mb: 96 } }],
];

for (const [what, more] of REFUSED) {
  Deno.test(`buildCommand refuses ${what}`, () => {
    const built = buildCommand(PLACES, order(more));
    assert.equal(built.ok, false);
    assert.match(!built.ok ? built.fault.message : "", /^Cannot start a process with /);
    assert.match(!built.ok ? built.fault.hint : "", /work|take neither/);
  });
}

Deno.test("buildCommand admits the last values: 16 MB, port 65535, port 0", () => {
  assert.ok(
    command({ limits: { memory_mb: 16, heap_mb: 16 } }).some((arg) => arg.includes("--max-old-space-size=16,")),
  );
  assert.ok(command({ net: ["a:65535", "127.0.0.1:0"] }).some((arg) => arg.endsWith("a:65535,127.0.0.1:0")));
});

Deno.test("buildCommand refuses an epoch that is no positive integer", () => {
  for (const epoch of [0, -1, 1.5, NaN]) assert.equal(buildCommand(PLACES, { role: "kernel", epoch }).ok, false);
});

Deno.test("buildCommand refuses a home that would end an entry of a list", () => {
  for (const home of ["/a,/b", "a", "/a/../b", "/a\nb"]) {
    assert.equal(isFlagPath(home), false);
    assert.equal(buildCommand({ ...PLACES, home }, order()).ok, false);
  }
});

Deno.test("buildCommand starts each role from its own file when the entry is a folder, and a cell from its bundle alone", () => {
  const places = { ...PLACES, entry: "/opt/p/kernel/roles" };
  const last = (built: ReturnType<typeof buildCommand>, at: number) => built.ok && built.value.at(at);
  assert.equal(last(buildCommand(places, { role: "kernel", epoch: 1 }), -1), "/opt/p/kernel/roles/kernel.ts");
  assert.equal(last(buildCommand(places, order({ cell: "@vet~1" as CellId })), -2), "/opt/p/kernel/roles/vet.ts");
  const cell = buildCommand(places, order());
  assert.equal(last(cell, -2), "/opt/p/libs/cell.mjs");
  assert.deepEqual(cell.ok && cell.value.slice(0, 10), [
    ...["run", "--no-prompt", "--cached-only", "--no-check", "--quiet"],
    ...["--no-config", "--no-lock", "--no-remote", "--no-npm", "--no-code-cache"],
  ]);
});
