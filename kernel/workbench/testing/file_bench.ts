/** One bench for all tests of a file. */
import { addFileCoverage, type LineCounts } from "./coverage.ts";
import { TestBench } from "./test_bench.ts";
import { type TestHome, testHome } from "./test_home.ts";

export interface FileBench {
  readonly home: TestHome;
  readonly bench: TestBench;
  /** Counts of the lines that ran, by file; undefined when nobody asked for them. */
  readonly coverage: LineCounts | undefined;
}

let opened: Promise<FileBench> | undefined;
let hooked = false;

/** Gives what opens it, which its first test does. */
export function fileBench(): () => Promise<FileBench> {
  if (!hooked) closeBehindTests();
  hooked = true;
  return () => opened ??= open();
}

async function open(): Promise<FileBench> {
  const home = testHome(Deno.mainModule);
  const bench = await TestBench.open(home);
  return { home, bench, coverage: Deno.env.get(COVERAGE_VARIABLE) === undefined ? undefined : {} };
}

/** The folder that the command collects coverage from. */
export const COVERAGE_VARIABLE = "META_MACHINE_COVERAGE";

function closeBehindTests(): void {
  Deno.test.afterAll(async () => {
    if (opened === undefined) return;
    const { bench, coverage } = await opened;
    opened = undefined;
    const folder = Deno.env.get(COVERAGE_VARIABLE);
    if (folder !== undefined && coverage !== undefined) await addFileCoverage(folder, coverage);
    await bench[Symbol.asyncDispose]();
  });
  addEventListener("unload", () => void opened?.then(({ bench }) => bench.kill()));
}
