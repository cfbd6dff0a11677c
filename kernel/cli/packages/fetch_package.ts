/**
 * Downloads one version of a package with all that it needs, by Deno's own npm client, which checks each against the registry's integrity and runs none of
 * their scripts; then bundles it, in a process that may read and write that one folder. Nothing of the package is run.
 */
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { PACKAGES } from "../../loader/mod.ts";
import { isRecord } from "../../primitives/check_fields.ts";

export interface FetchedPackage {
  readonly code: string;
  readonly sha256: string;
  readonly contains: Readonly<Record<string, string>>;
}

const INSTALL_MS = 120_000;
const BUNDLE_MS = 60_000;

/** `program`: the folder of the program's sources. */
export async function fetchPackage(program: string, name: string, version: string): Promise<Result<FetchedPackage>> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "package-" }));
  try {
    await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify({ dependencies: { [name]: version } }));
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ nodeModulesDir: "auto" }));
    const installed = await run(folder, ["install", "--quiet"], INSTALL_MS);
    if (installed.code !== 0) return failed(`${name}@${version} cannot be downloaded: ${installed.err}`, true);
    const bundled = await run(folder, bundleArguments(program, folder, name), BUNDLE_MS);
    if (bundled.code !== 0) return failed(`${name}@${version} cannot be bundled: ${bundled.err}`, false);
    return await readBundle(folder, JSON.parse(bundled.out), `${name}@${version}`);
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

function bundleArguments(program: string, folder: string, name: string): string[] {
  return [
    ...["run", "--no-prompt", "--cached-only", "--no-check", "--quiet", "--ignore-env"],
    ...[`--config=${program}/deno.json`, `--lock=${program}/deno.lock`, "--frozen"],
    ...[`--allow-read=${folder},${program}`, `--allow-write=${folder}/bundle.mjs`],
    ...["--v8-flags=--disallow-code-generation-from-strings", `${program}/kernel/vendor/package_main.ts`, folder, name],
  ];
}

async function readBundle(folder: string, said: unknown, id: string): Promise<Result<FetchedPackage>> {
  if (!isRecord(said) || said.ok !== true) return failed(isRecord(said) ? String(said.why) : "nothing was said", false);
  const { size } = await Deno.stat(`${folder}/bundle.mjs`);
  if (size > PACKAGES.bundle_bytes) {
    return failed(`${id} has ${size} bytes when it is bundled; ${PACKAGES.bundle_bytes} are allowed`, false);
  }
  const { sha256, contains } = said as unknown as FetchedPackage;
  return ok({ code: await Deno.readTextFile(`${folder}/bundle.mjs`), sha256, contains });
}

async function run(
  cwd: string,
  args: readonly string[],
  ms: number,
): Promise<{ code: number; out: string; err: string }> {
  const command = new Deno.Command(Deno.execPath(), {
    ...{ args: [...args], cwd, stdin: "null", stdout: "piped", stderr: "piped", signal: AbortSignal.timeout(ms) },
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  });
  const { code, signal, stdout, stderr } = await command.output();
  const err = new TextDecoder().decode(stderr).trim().slice(0, 1_000);
  return {
    ...{ code, out: new TextDecoder().decode(stdout) },
    err: signal === null ? err : `it was ended after ${ms / 1_000} s; ${err}`,
  };
}

function failed(message: string, retriable: boolean): Result<never> {
  const hint = retriable
    ? "see that the name and the version exist, and that the npm registry is within reach"
    : "a package for modules needs no builtin of Node's, no global that modules lack and no code from strings: look for a build for browsers";
  return refuse(fault("load_failed", message, { hint, retriable }));
}
