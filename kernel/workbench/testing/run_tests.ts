/** `plugin test`: Deno's own runner on the tests of a home. They are the operator's own code; what they test runs in real cells. */
import { exists } from "@std/fs";
import { join, relative, resolve } from "@std/path";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { isApiName } from "../../contract/names.ts";
import type { Homes } from "../bench/plan_module.ts";
import { prepareEditor } from "../scaffold/prepare_editor.ts";
import { addCounts, type LineCounts } from "./coverage.ts";
import { COVERAGE_VARIABLE } from "./file_bench.ts";
import { coverageOf, type FileCoverage } from "./render_coverage.ts";

export interface TestOrder {
  /** The module's api or prog, or a path of its source or its tests; all tests below `plugins/` without it. */
  readonly named: string | undefined;
  /** Only tests whose names have this in them. */
  readonly filter: string | undefined;
  readonly coverage: boolean;
  /** Whether what the runner says goes to this process's own stdout and stderr, or into `output`. */
  readonly show: boolean;
}

export interface TestRun {
  readonly passed: boolean;
  readonly output: string;
  readonly coverage: readonly FileCoverage[] | undefined;
}

export async function runTests(homes: Homes, order: TestOrder): Promise<Result<TestRun>> {
  const { home, one_file } = homes;
  if (one_file === "binary") {
    return refuse(fault("invalid_argument", "tests need Deno's own runner, which a compiled binary has not", {
      hint:
        "run 'plugin test' with Deno and the same program: its sources, or 'deno run -A … meta-machine.mjs plugin test'",
    }));
  }
  const tests = await findTests(home, order.named);
  if (!tests.ok) return tests;
  const { add_to_imports } = await prepareEditor(homes);
  if (add_to_imports.length > 0) {
    return refuse(fault("config_invalid", "the home's deno.json does not know what tests import", {
      hint: `add to its "imports": ${add_to_imports.join(", ")}`,
    }));
  }
  const folder = order.coverage ? await Deno.makeTempDir({ prefix: "mm-coverage-" }) : undefined;
  try {
    const { code, output } = await runDeno(home, tests.value, order, folder);
    const coverage = folder === undefined ? undefined : coverageOf(await collect(folder));
    return ok({ passed: code === 0, output, coverage });
  } finally {
    if (folder !== undefined) await Deno.remove(folder, { recursive: true });
  }
}

async function findTests(home: string, named: string | undefined): Promise<Result<string>> {
  if (named === undefined) return ok("plugins/");
  const below = isApiName(named) && !named.startsWith("plugins/")
    ? named
    : relative(join(home, "plugins"), resolve(home, named));
  const stem = below.replace(/\/mod\.ts$/, "").replace(/(?:_test)?\.(?:ts|js)$/, "").replace(/\/$/, "");
  const sought = ["ts", "js"].map((end) => `plugins/${stem}_test.${end}`);
  for (const path of sought) if (await exists(join(home, path))) return ok(path);
  return refuse(
    fault("not_found", `there are no tests of '${named}'`, {
      hint: `write ${sought[0]}; 'plugin new' shows how they look`,
    }),
  );
}

async function runDeno(home: string, tests: string, { filter, show }: TestOrder, folder: string | undefined) {
  const args = ["test", "--allow-all", "--no-check", `--config=${await configOf(home)}`];
  if (filter !== undefined) args.push(`--filter=${filter}`);
  const child = await new Deno.Command(Deno.execPath(), {
    args: [...args, tests],
    cwd: home,
    env: { ...folder !== undefined && { [COVERAGE_VARIABLE]: folder }, ...!show && { NO_COLOR: "1" } },
    stdin: "null",
    stdout: show ? "inherit" : "piped",
    stderr: show ? "inherit" : "piped",
  }).output();
  const decoder = new TextDecoder();
  return { code: child.code, output: show ? "" : decoder.decode(child.stdout) + decoder.decode(child.stderr) };
}

async function configOf(home: string): Promise<string> {
  return await exists(join(home, "deno.json")) ? join(home, "deno.json") : join(home, "deno.jsonc");
}

async function collect(folder: string): Promise<LineCounts> {
  const sum: LineCounts = {};
  for await (const { name } of Deno.readDir(folder)) {
    addCounts(sum, JSON.parse(await Deno.readTextFile(join(folder, name))), (file) => file);
  }
  return sum;
}
