/** Tests that start the program by tests/flows/program_command.ts, and so tell of the one file and of a binary too. */
import { fromFileUrl } from "@std/path";

const TESTS = fromFileUrl(new URL("../", import.meta.url));
/** What one file has otherwise: its processes are larger, and it has neither a compiler nor what bundles packages (docs/operations.md). */
const OTHERWISE = ["footprint_test.ts", "packages_test.ts", "plugin_dev_test.ts", "upgrade_test.ts"];

/** Every flow and every hostile module, by path. */
export function applicable(): readonly string[] {
  return ["flows", "hostile"].flatMap((folder) =>
    [...Deno.readDirSync(TESTS + folder)]
      .filter(({ name }) => name.endsWith("_test.ts") && !OTHERWISE.includes(name))
      .map(({ name }) => `${TESTS}${folder}/${name}`)
      .filter((path) => /\b(?:RunningHost|neighbour)\b/.test(Deno.readTextFileSync(path)))
      .sort()
  );
}

/** Runs test files with the program that is named. `ok` when all passed, and there were some; `shown` gets what the runner says, as it says it. */
export async function runAgainst(
  program: string,
  files: readonly string[],
  { options = [], shown = () => {} }: { options?: readonly string[]; shown?: (text: string) => void } = {},
) {
  const flags = ["--allow-all", "--no-check", "--cached-only", "--quiet", "--unstable-worker-options", "--unstable-kv"];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", ...flags, ...options, ...files],
    env: { META_MACHINE_PROGRAM: program, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let said = "";
  const take = async (stream: ReadableStream<Uint8Array>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      said += text;
      shown(text);
    }
  };
  const [{ code }] = await Promise.all([child.status, take(child.stdout), take(child.stderr)]);
  const passed = Number(/(\d+) passed(?: \(\d+ steps?\))? \| 0 failed/.exec(said)?.[1] ?? 0);
  return { ok: code === 0 && passed > 0, passed, said };
}
