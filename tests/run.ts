/**
 * Runs all tests side by side, then looks for processes that outlived them. All temporary folders of the suite lie in one, so that a host's
 * processes can be told by it: its path is in their arguments. Ends with one line, `N passed, N failed`.
 *
 * Paths and options given to `deno task test` are handed on: `deno task test tests/broker`.
 */
import { missingChroma } from "./plugins/chromadb/missing_chroma.ts";
import { missingRedis } from "./plugins/redis/missing_redis.ts";
import { missingPostgres } from "./plugins/services/database/postgres/missing_postgres.ts";

const suite = await Deno.makeTempDir({ prefix: "mm-" });
const given = Deno.args.filter((arg) => !arg.startsWith("-"));
const options = Deno.args.filter((arg) => arg.startsWith("-"));

/** Tests that take all of the machine, or that measure in milliseconds what a guard sees: one after the other, when the others are done. */
const ALONE = ["tests/hostile/families/memory_test.ts", "tests/soak/soak_alone_test.ts"];
/** Three hundred hostile modules in one host: a task of its own (`deno task soak:hostile`), run here only when it is named. */
const BY_NAME = ["tests/hostile/all_at_once_test.ts"];
/** A test that hangs would hold up all that wait for the outcome; the slowest of the runs here takes a third of this. */
const MAX_MS = 30 * 60_000;
const flags = [
  "--allow-all",
  "--no-check",
  "--cached-only",
  "--quiet",
  "--unstable-worker-options",
  "--unstable-kv",
];
let [passed, failed] = await runTests(given.length > 0 ? given : ["tests/"], [
  "--parallel",
  `--ignore=${[...ALONE, ...BY_NAME.filter((file) => !given.includes(file))].join(",")}`,
]);
// What loads the whole machine would fail the others, and they it.
for (const file of ALONE.filter((file) => given.length === 0 || given.some((path) => file.startsWith(path)))) {
  const [more_passed, more_failed] = await runTests([file], []);
  passed += more_passed;
  failed += more_failed;
}

const orphans = await findProcesses(suite);
if (orphans.length > 0) {
  failed++;
  console.log(
    `\nprocesses that outlived their test:\n${
      orphans.map(({ pid, line }) => `  ${pid} ${line.slice(0, 300)}`).join("\n")
    }`,
  );
  for (const { pid } of orphans) end(pid);
}
await Deno.remove(suite, { recursive: true }).catch(() => {});
if (given.length === 0) {
  console.log(`not run, since they take the whole machine: ${BY_NAME.join(", ")} (deno task soak:hostile)`);
}
for (
  const [server, missing] of [
    ["a PostgreSQL", missingPostgres()],
    ["a Chroma server", missingChroma()],
    ["a Redis server", missingRedis()],
  ]
) {
  if (missing !== undefined) console.log(`the tests with ${server} were skipped: ${missing}`);
}
console.log(`${passed} passed, ${failed} failed`);
Deno.exit(failed === 0 && passed > 0 ? 0 : 1);

/** The counts of one run. Files that are all ignored are no failure. */
async function runTests(paths: readonly string[], more: readonly string[]): Promise<[passed: number, failed: number]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--permit-no-files", ...flags, ...more, ...options, ...paths],
    env: { TMPDIR: suite, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end(child.pid);
  }, MAX_MS);
  let tail = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    await Deno.stdout.write(chunk);
    tail = (tail + decoder.decode(chunk, { stream: true })).slice(-4096);
  }
  const { code } = await child.status;
  clearTimeout(timer);
  if (late) console.log(`\nended after ${MAX_MS / 60_000} minutes: the test that was told above to be running hangs`);
  const counts = [...tail.matchAll(/(\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed/g)].at(-1);
  const failed = Number(counts?.[2] ?? 0);
  // A file that did not load fails without being counted.
  return [Number(counts?.[1] ?? 0), code !== 0 && failed === 0 ? 1 : failed];
}

/** Processes that have the suite's folder in their arguments; they get two seconds to go by themselves. */
async function findProcesses(folder: string): Promise<{ pid: number; line: string }[]> {
  for (let round = 0;; round++) {
    const found = [...processes()].filter(({ pid, line }) => pid !== Deno.pid && line.includes(folder));
    if (found.length === 0 || round === 20) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function* processes(): Iterable<{ pid: number; line: string }> {
  if (Deno.build.os !== "linux") return; // no /proc elsewhere: the check runs where it can
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      yield { pid: Number(name), line: Deno.readTextFileSync(`/proc/${name}/cmdline`).replaceAll("\0", " ") };
    } catch {
      // it has just ended
    }
  }
}

function end(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // it has just ended
  }
}
