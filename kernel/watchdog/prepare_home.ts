/** What must be true before anything starts: a home of one's own, its lock, its folders, a place for sockets. */
import { machineMemory } from "./machine_memory.ts";
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import { sha256Hex } from "../primitives/sha256.ts";
import { isFlagPath, type Places } from "./build_command.ts";
import { cellEnvironment, kernelEnvironment } from "./find_deno_dir.ts";
import type { OneFile } from "./one_file_command.ts";
import { type HomeLock, takeHomeLock } from "./home_lock.ts";
import { chooseRunFolder, clearSockets, makeRunFolder } from "./run_folder.ts";

/** What this process was started with, read once: afterwards it gives up reading it. */
export interface Surroundings {
  readonly variables: ReadonlyMap<string, string>;
  /** The whole environment of every cell, and of every kernel. */
  readonly cell_env: Readonly<Record<string, string>>;
  readonly kernel_env: Readonly<Record<string, string>>;
  readonly uid: number;
  readonly machine_mb?: number | undefined;
}

export function readSurroundings(): Surroundings {
  const env = Deno.env.toObject();
  const facts = { env, os: Deno.build.os, home_folder: homedir(), cwd: Deno.cwd() };
  const [cell_env, kernel_env] = [cellEnvironment(facts), kernelEnvironment(facts)];
  return {
    variables: new Map(Object.entries(env)),
    cell_env,
    kernel_env,
    uid: Deno.uid() ?? 0,
    machine_mb: machineMemory(),
  };
}

/** Folders of a home that belong to its user alone. */
const OWN_FOLDERS = ["logs", "cache", "image", "files"];

/** Refuses by name what would fail later without one. */
export async function prepareHome(
  wanted: { readonly home: string; readonly program: string; readonly entry?: string; readonly one_file?: OneFile },
  { variables, uid }: Surroundings,
): Promise<Result<{ readonly places: Places; readonly lock: HomeLock }>> {
  const home = realFolder(wanted.home);
  if (home === undefined) {
    return refused(`'${wanted.home}' is not a folder`, "create it, or name another one with --home");
  }
  const program = realFolder(wanted.program) ?? wanted.program;
  for (const [what, path] of [["home", home], ["program", program]] as const) {
    if (!isFlagPath(path)) {
      return refused(`the ${what}'s path ${JSON.stringify(path)} cannot stand in a list`, "a path without ',' works");
    }
  }
  const own = makeRunFolder(`${home}/runtime/run`, uid);
  if (!own.ok) return own;
  const lock = await takeHomeLock(home);
  if (!lock.ok) return lock;
  const chosen = chooseRunFolder({
    home,
    xdg_runtime_dir: variables.get("XDG_RUNTIME_DIR"),
    uid,
    home_hash: (await sha256Hex(home)).slice(0, 16),
  });
  const run = makeRunFolder(chosen, uid);
  if (!run.ok) {
    lock.value.release();
    return run;
  }
  for (const name of OWN_FOLDERS) Deno.mkdirSync(`${home}/runtime/${name}`, { recursive: true, mode: 0o700 });
  clearSockets(run.value);
  const common = { home, program, run: run.value };
  const { one_file } = wanted;
  const places: Places = one_file === undefined
    ? { ...common, entry: wanted.entry ?? `${program}/kernel/roles`, bundler_wasm: bundlerWasm() }
    : { ...common, entry: program, bundler_wasm: program, one_file };
  return ok({ places, lock: lock.value });
}

function refused(found: string, hint: string): Result<never> {
  return refuse(fault("invalid_argument", `Cannot start meta-machine: ${found}`, { hint }));
}

function realFolder(path: string): string | undefined {
  try {
    return Deno.statSync(path).isDirectory ? Deno.realPathSync(path) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}

/** The file that the bundler reads beside itself. */
function bundlerWasm(): string {
  return fileURLToPath(new URL("bindings_wasm_bg.wasm", import.meta.resolve("@rollup/browser")));
}
