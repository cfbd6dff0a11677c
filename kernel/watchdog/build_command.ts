/**
 * The closed table of command lines. Run permission equals all permissions, so no text of anybody else reaches a flag unless a pattern here
 * admits it, and no role ever gets run, ffi, sys, env, import, or read, write or net without a list. One
 * exception: the cell of the shipped http service has net without a list, since the addresses that it checks are not known when it starts.
 */
import type { StartCell } from "../contract/channel.ts";
import { controlSocket, kernelSocket, publishedKernelSocket } from "../contract/channel.ts";
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import { cellBase, type CellId, isCellId, VET_CELL, WARM_CELL } from "../contract/names.ts";
import type { CellArgs, Role } from "../contract/roles.ts";
import { HTTP_SERVICE } from "../contract/shipped.ts";
import { isGrantFolder, isHostPort } from "../primitives/parse_start_cell.ts";
import { type OneFile, oneFileCommand } from "./one_file_command.ts";

/** Where everything is. All paths absolute and real. */
export interface Places {
  readonly home: string;
  /** The folder of deno.json, deno.lock and the sources. */
  readonly program: string;
  /** The 0700 folder of the sockets. */
  readonly run: string;
  /** The folder with one entry file for each role (a cell has its bundle in libs/), or one file (`….ts`) for all that takes the role as its first argument. */
  readonly entry: string;
  /** The one file that a vet cell reads at run time. */
  readonly bundler_wasm: string;
  /** Set where `entry` is the one file that has the whole program in it, and lists of permissions can't be given. */
  readonly one_file?: OneFile;
}

export type LaunchOrder =
  | { readonly role: "kernel"; readonly epoch: number }
  /** Checks types of untrusted source: may read these folders, and nothing else in the world. */
  | { readonly role: "types"; readonly reads: readonly string[] }
  | StartCell;

/** Memory of a cell in MB: less doesn't start, more is a slip of the pen. */
export const CELL_MEGABYTES = Object.freeze({ least: 16, most: 1_048_576 });

/** The arguments of Deno's own executable, or a refusal that says which part of the order no pattern admits. */
export function buildCommand(places: Places, order: LaunchOrder): Result<readonly string[]> {
  const { one_file: _, ...paths } = places;
  for (const [name, path] of Object.entries(paths)) {
    if (!isFlagPath(path)) return refused(`the path of ${name}, ${JSON.stringify(path)}`, PATH_RULE);
  }
  if (!("role" in order)) return cellCommand(places, order);
  return order.role === "kernel" ? kernelCommand(places, order.epoch) : typesCommand(places, order.reads);
}

/** Whether a path can stand in a permission list: there a comma separates, and a control character could hide one. */
export function isFlagPath(path: string): boolean {
  return path.startsWith("/") && !path.includes(",") && !hasControl(path) && !path.split("/").includes("..");
}

const PATH_RULE = "an absolute path without ',', '..' or control characters works";
const NO_EVAL = "--disallow-code-generation-from-strings";

const COMMON = ["run", "--no-prompt", "--cached-only", "--no-check", "--quiet"];

/** Flags before, and the entry with its role after all others. */
function start(places: Places, role: Exclude<Role, "watchdog" | "cli">): { before: string[]; entry: string[] } {
  const { program, entry } = places;
  const one_for_all = entry.endsWith(".ts");
  // A bundle imports nothing: without a graph, a configuration and a lock file a cell starts sooner and is a megabyte less.
  if (role === "cell" && !one_for_all) {
    return {
      before: [...COMMON, "--no-config", "--no-lock", "--no-remote", "--no-npm", "--no-code-cache"],
      entry: [`${program}/libs/cell.mjs`],
    };
  }
  return {
    before: [...COMMON, `--config=${program}/deno.json`, `--lock=${program}/deno.lock`, "--frozen"],
    entry: one_for_all ? [entry, role] : [`${entry}/${role}.ts`],
  };
}

function kernelCommand(places: Places, epoch: number): Result<readonly string[]> {
  const { home, program, run, one_file } = places;
  if (!Number.isSafeInteger(epoch) || epoch < 1) return refused(`epoch ${epoch}`, "a positive integer works");
  // The home for whoever reads the list of processes; the kernel is told everything by the watchdog.
  if (one_file !== undefined) return ok(oneFileCommand(one_file, places.entry, "kernel", [home]));
  const { before, entry } = start(places, "kernel");
  const edited = ["configs", "plugins", "prompts"].map((name) => `${home}/${name}`);
  const kept = ["logs", "cache", "image"].map((name) => `${home}/runtime/${name}`);
  return ok([
    ...before,
    // Grants nothing: reading a variable gives undefined where it would throw, which some libraries do not expect.
    "--ignore-env",
    "--unstable-kv",
    `--allow-read=${[run, ...edited, `${home}/kernel`, `${home}/runtime`, program].join(",")}`,
    `--allow-write=${[run, ...edited, ...kept].join(",")}`,
    `--allow-net=unix:${kernelSocket(run, epoch)},unix:${controlSocket(run, epoch)}`,
    `--v8-flags=${NO_EVAL}`,
    ...entry,
  ]);
}

/** The compiler with a module's types and those of a package needs about 300 MB. */
const TYPES_HEAP_MB = 448;

function typesCommand(places: Places, reads: readonly string[]): Result<readonly string[]> {
  const flaw = reads.find((path) => !isFlagPath(path));
  if (flaw !== undefined) return refused(`the folder ${JSON.stringify(flaw)} for types`, PATH_RULE);
  if (places.one_file !== undefined) {
    return refused("types", "the program's sources have the compiler; one file has not");
  }
  const { before, entry } = start(places, "types");
  return ok([
    ...before,
    "--ignore-env", // the compiler reads variables while it loads
    `--allow-read=${reads.join(",")}`,
    `--v8-flags=${NO_EVAL},--max-old-space-size=${TYPES_HEAP_MB}`,
    ...entry,
  ]);
}

function cellCommand(places: Places, order: StartCell): Result<readonly string[]> {
  const flaw = findFlaw(order);
  if (flaw !== undefined) return flaw;
  const vets = isVetCell(order.cell);
  const role = vets ? "vet" : "cell";
  const socket = publishedKernelSocket(places.run);
  const folders = order.folders.map(({ path, mode }) => ({ path: absolute(places.home, path), mode }));
  // Libraries and the Worker's bootstrap are read when they are needed, not kept in every process.
  const read = [
    socket,
    ...places.one_file === undefined ? [`${places.program}/libs`] : [],
    ...vets && places.one_file === undefined ? [places.bundler_wasm] : [],
    ...folders.map(({ path }) => path),
  ];
  const write = [socket, ...folders.filter(({ mode }) => mode === "rw").map(({ path }) => path)];
  const net = [`unix:${socket}`, ...order.net];
  const any_net = order.any_net === true;
  const { memory_mb, heap_mb } = order.limits;
  const blank = order.folders.length + order.net.length === 0 && !any_net;
  const args: CellArgs = { cell: order.cell, socket, keeps: { read, write, net }, blank, memory_mb };
  if (places.one_file !== undefined) {
    return ok(oneFileCommand(places.one_file, places.entry, role, [JSON.stringify(args)]));
  }
  const { before, entry } = start(places, role);
  return ok([
    ...before,
    "--unstable-worker-options",
    // A served request's signal then tells of a client that has gone, and of nothing else.
    "--unstable-no-legacy-abort",
    `--allow-read=${read.join(",")}`,
    `--allow-write=${write.join(",")}`,
    any_net ? "--allow-net" : `--allow-net=${net.join(",")}`,
    // A small young generation: V8 would let a busy, healthy module reach 230 MB of rss before it collects; with this it stays at half of that.
    // The guard has garbage collected before a cell falls asleep; V8's own way to do that would wake it twice more, half a minute later.
    `--v8-flags=${NO_EVAL},--max-old-space-size=${heap_mb},--max-semi-space-size=2,--no-memory-reducer`,
    ...entry,
    JSON.stringify(args),
  ]);
}

function isVetCell(cell: CellId): boolean {
  return cellBase(cell) === VET_CELL;
}
/** Nobody's cell: it may do nothing. */
function isBlank(cell: CellId): boolean {
  return isVetCell(cell) || cellBase(cell) === WARM_CELL;
}

function findFlaw(order: StartCell): Result<never> | undefined {
  const { cell, folders, net, any_net, limits } = order;
  if (!isCellId(cell) || (cell.startsWith("@") && !isBlank(cell))) {
    const works = `'<name>~<number>' works, or '${VET_CELL}~<number>', or '${WARM_CELL}~<number>'`;
    return refused(`cell ${JSON.stringify(cell)}`, works);
  }
  if (isBlank(cell) && folders.length + net.length > 0) {
    return refused(`folders or net for ${cell}`, "a vet cell and a warm one are blank: they take neither");
  }
  if (any_net && (cellBase(cell) !== HTTP_SERVICE.api || folders.length + net.length > 0)) {
    return refused(`any address for ${cell}`, `only ${HTTP_SERVICE.api}~<number> may have that, and nothing beside it`);
  }
  for (const { path, mode } of folders) {
    if (!isGrantFolder(path)) {
      return refused(
        `folder ${JSON.stringify(path)}`,
        "a path below the home without '..', ',' or control characters works",
      );
    }
    if (mode !== "r" && mode !== "rw") return refused(`mode ${JSON.stringify(mode)} of '${path}'`, "'r' or 'rw' works");
  }
  for (const pattern of net) {
    if (!isHostPort(pattern)) return refused(`net ${JSON.stringify(pattern)}`, "'host:port' works");
  }
  for (const [name, megabytes] of Object.entries({ memory_mb: limits.memory_mb, heap_mb: limits.heap_mb })) {
    const { least, most } = CELL_MEGABYTES;
    if (!Number.isSafeInteger(megabytes) || megabytes < least || megabytes > most) {
      return refused(`${name} ${megabytes}`, `${least} to ${most} works`);
    }
  }
  return undefined;
}

function refused(what: string, hint: string): Result<never> {
  return refuse(fault("invalid_argument", `Cannot start a process with ${what}`, { hint }));
}

function hasControl(text: string): boolean {
  // deno-lint-ignore no-control-regex
  return /[\u0000-\u001f\u007f]/.test(text);
}

/** "." is the home itself. */
function absolute(home: string, path: string): string {
  return path === "." ? home : `${home}/${path}`;
}
