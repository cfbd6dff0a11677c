import assert from "node:assert/strict";
import { codeOf, importsOf, ROOT, sourceFiles } from "./source_files.ts";

/** Rank of each folder of `kernel/`; files directly in `kernel/` are the composition root (6). */
const RANKS: Readonly<Record<string, number>> = {
  contract: 0,
  primitives: 1,

  std: 1,
  config: 2,
  loader: 2,
  broker: 2,
  image: 2,
  events: 2,
  program: 2,
  cell: 3,
  guest: 3,
  lifecycle: 4,
  control: 5,
  handover: 5,
  proposals: 5,
  "": 6,
  bootstrap: 7,
  watchdog: 8,
  workbench: 9,
  cli: 10,
  vendor: 10,
  roles: 10,
};
/** Entered file by file; every other folder only through its `mod.ts`. */
const OPEN_FOLDERS = new Set(["contract", "primitives", "std", ""]);
/** An entry file of a role imports that role alone: a door would load the others' sources into each of many processes. */
const PAST_THE_DOOR: Readonly<Record<string, string>> = {
  // The one command that needs the MCP library.
  "kernel/cli/mcp/serve_mcp.ts": "kernel/guest/sdk/mcp/mod.ts",
  "kernel/roles/cell.ts": "kernel/guest/shell/run_cell.ts",
  "kernel/roles/vet.ts": "kernel/guest/shell/run_vet.ts",
  "kernel/roles/types.ts": "kernel/workbench/types/run_types.ts",
};
/** The watchdog knows nothing of the kernel it starts. */
const ONLY: Readonly<Record<string, readonly string[]>> = { watchdog: ["contract", "primitives"] };
/** Where `Deno` and `node:` may be named. */
const POWERFUL = [
  /^main\.ts$/,
  /^kernel\/(std|program)\//,
  /^kernel\/guest\/(shell|vet|worker)\//,
  /^kernel\/powers_deno[a-z_]*\.ts$/,
  /^kernel\/(watchdog|workbench|cli|vendor|roles)\//,
];

const files = sourceFiles(["main.ts", "kernel"]);

function folderOf(path: string): string {
  const [, folder, ...rest] = path.split("/");
  return rest.length === 0 ? "" : folder!;
}

/** The project's path of a relative specifier, or the specifier itself. */
function resolve(from: string, specifier: string): string {
  if (specifier.startsWith("@std/")) return `kernel/std/${specifier.slice(5)}.ts`;
  if (!specifier.startsWith(".")) return specifier;
  return new URL(specifier, `file://${ROOT}/${from}`).pathname.slice(ROOT.length + 1);
}

Deno.test("a layer imports from lower layers only, and never from a sibling", async () => {
  const wrong: string[] = [];
  for (const file of files.filter(({ path }) => path.startsWith("kernel/"))) {
    const folder = folderOf(file.path);
    assert.ok(folder in RANKS, `${file.path}: folder '${folder}' has no rank in the layer table`);
    for (const specifier of await importsOf(file)) {
      const target = resolve(file.path, specifier);
      if (!target.startsWith("kernel/")) continue;
      const other = folderOf(target);
      if (other === folder) continue;
      if (RANKS[other]! >= RANKS[folder]!) {
        wrong.push(`${file.path} (rank ${RANKS[folder]}) imports ${target} (rank ${RANKS[other]})`);
      }
      if (ONLY[folder] !== undefined && !ONLY[folder].includes(other)) {
        wrong.push(`${file.path} imports ${target}; it may know ${ONLY[folder].join(" and ")} only`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("a folder is entered through its mod.ts only", async () => {
  const wrong: string[] = [];
  for (const file of files) {
    const folder = file.path.startsWith("kernel/") ? folderOf(file.path) : "main.ts";
    for (const specifier of await importsOf(file)) {
      const target = resolve(file.path, specifier);
      if (!target.startsWith("kernel/")) continue;
      const other = folderOf(target);
      if (other === folder || OPEN_FOLDERS.has(other) || PAST_THE_DOOR[file.path] === target) continue;
      if (target !== `kernel/${other}/mod.ts`) {
        wrong.push(`${file.path} imports ${target} instead of kernel/${other}/mod.ts`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("Deno and node: are named only where the table allows it", async () => {
  const wrong: string[] = [];
  for (const file of files) {
    if (POWERFUL.some((allowed) => allowed.test(file.path))) continue;
    if (/\bDeno\b/.test(codeOf(file.text))) wrong.push(`${file.path} names Deno`);
    for (const specifier of await importsOf(file)) {
      if (specifier.startsWith("node:")) wrong.push(`${file.path} imports ${specifier}`);
    }
  }
  assert.deepEqual(wrong, []);
});

const GRANTED = [
  "@cfworker/json-schema",
  "@modelcontextprotocol/client",
  "hono",
  "kysely",
  "meta-machine/mcp",
  "openai",
  "zod",
  "yaml",
  "files",
  "serve",
  "node:sqlite",
  "node:net",
  "node:tls",
  "node:dns",
];

Deno.test("a plugin imports meta-machine, its own folder, and what its config grants", async () => {
  const wrong: string[] = [];
  for (const file of sourceFiles(["plugins"])) {
    for (const specifier of await importsOf(file)) {
      if (["meta-machine", "meta-machine/bracket"].includes(specifier) || specifier.startsWith("./")) continue;
      if (GRANTED.includes(specifier)) continue; // each config says which; the vet cell enforces it
      if (
        specifier.startsWith("../") &&
        resolve(file.path, specifier).split("/").slice(0, 3).join("/") === file.path.split("/").slice(0, 3).join("/")
      ) continue;
      wrong.push(`${file.path} imports ${specifier}`);
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("the rules of this test find what they forbid", async () => {
  const bad = {
    path: "kernel/broker/x.ts",
    text:
      'import type { A } from "../lifecycle/mod.ts";\nexport * from "../cell/cell.ts";\nconst a = await import("node:fs");',
  };
  assert.deepEqual((await importsOf(bad)).sort(), ["../cell/cell.ts", "../lifecycle/mod.ts", "node:fs"]);
  assert.ok(/\bDeno\b/.test(codeOf('const a = "x"; Deno.exit();')));
  assert.ok(!/\bDeno\b/.test(codeOf('// Deno here\nconst a = "Deno"; /* Deno */')));
});
