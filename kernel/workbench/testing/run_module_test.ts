/** One test from its set-up to its end: stand-ins, a new instance of the module, the author's function, and everything gone again. */
import { FaultError } from "../../contract/fault.ts";
import type { PlannedModule } from "../../contract/spec.ts";
import type { Kernel } from "../../guest/mod.ts";
import type { Instance } from "../../lifecycle/mod.ts";
import { denoFiles } from "../../powers_deno.ts";
import { planModule } from "../bench/plan_module.ts";
import { shownPath } from "../bench/shown_path.ts";
import { addCounts, COUNTS_METHOD } from "./coverage.ts";
import type { FileBench } from "./file_bench.ts";
import { testLog } from "./test_log.ts";
import type { AnyBody, TestOptions } from "./test.ts";

/** A module under test shares this cell with those before it: a new Worker each, but not a new process. */
const TEST_CELL = "under_test";
/** What run() and shutdown() may take behind a test. */
const LEAVE_MS = 1_000;

export async function runModuleTest(file: FileBench, options: TestOptions, body: AnyBody): Promise<void> {
  const { bench, home } = file;
  const found = await planModule(denoFiles, home, options.module ?? home.prog);
  if (!found.ok) throw new FaultError(found.fault);
  const planned = withOptions(found.value.planned, options);
  const { api } = planned.spec;
  const code = await codeOf(file, planned);

  const log = testLog();
  let failure: string | undefined;
  bench.onLine = (line) => void (line.api === api && log.add(line.level, line.text));
  bench.onFailure = (_, phase, why) => failure ??= `${phase === "run" ? "run()" : phase}: ${why.message}`;
  for (const name of Object.keys(bench.secrets)) delete bench.secrets[name];
  Object.assign(bench.secrets, options.secrets);
  options.services?.clear();

  const placed: Instance[] = [];
  const place = (outcome: Awaited<ReturnType<typeof bench.standIn>>) => {
    if (!outcome.ok) throw new FaultError(outcome.fault);
    placed.push(outcome.value);
    return outcome.value;
  };
  try {
    for (const [name, service] of Object.entries(options.services?.services ?? {})) {
      place(await bench.standIn(name, () => service));
    }
    let kernel: Kernel | undefined;
    const everything = [api, ...Object.keys(options.services?.services ?? {})].map((name) => ({ api: name }));
    place(await bench.standIn(options.caller ?? "test", (_, given) => (kernel = given, {}), everything));
    const module = place(await bench.bench.bring(planned, code));
    module.cell.run(module.id);

    const handle = kernel!.getApi(api);
    try {
      await body({
        module: handle,
        tool: (entry: string, params = {}) => handle.asAspect("tool").call(entry, params),
        logged: (part: string | RegExp, ms?: number) => log.logged(part, ms),
        kernel: kernel!,
      });
    } finally {
      if (file.coverage !== undefined) {
        const counts = await handle.call(COUNTS_METHOD).catch(() => undefined); // it may have ended
        addCounts(file.coverage, counts, shownPath(planned, home.home));
      }
    }
    if (failure !== undefined) throw new Error(`the module failed by itself: ${failure}`);
  } catch (error) {
    for (const line of await log.all()) console.error(`[${api}] ${line}`);
    throw error;
  } finally {
    // Those that were placed last go first: the module may still call its services while it ends.
    for (const instance of placed.reverse()) await bench.bench.leave(instance, LEAVE_MS);
  }
}

function withOptions(planned: PlannedModule, { config }: TestOptions): PlannedModule {
  const { spec } = planned;
  return { ...planned, spec: { ...spec, cell: TEST_CELL, own: { ...spec.own, ...config } } };
}

async function codeOf({ bench: { bench }, coverage }: FileBench, planned: PlannedModule): Promise<string> {
  const bundle = coverage === undefined ? await bench.bundle(planned) : await bench.counted(planned, COUNTS_METHOD);
  if (!bundle.ok) throw new FaultError(bundle.fault);
  return bundle.value;
}
