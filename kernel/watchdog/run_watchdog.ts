/** The parent of all, from its first statement to its last. */
import { publishedControlSocket } from "../contract/channel.ts";
import type { Fault } from "../contract/fault.ts";
import { keepLean } from "../primitives/keep_lean.ts";
import { releaseMemory } from "../primitives/release_memory.ts";
import { revokePlan } from "../primitives/revoke_plan.ts";
import { childrenTable } from "./children_table.ts";
import { mailbox } from "./mailbox.ts";
import { nextEpoch } from "./next_epoch.ts";
import type { OneFile } from "./one_file_command.ts";
import { prepareHome, readSurroundings } from "./prepare_home.ts";
import { clearSockets, removeIfThere, writeWhole } from "./run_folder.ts";
import { listenToSignals } from "./signals.ts";
import { superviseKernel } from "./supervise_kernel.ts";
import { type LogLevel, openWatchdogLog, type WatchdogLog } from "./watchdog_log.ts";

export interface WatchdogOptions {
  /** An existing folder. */
  readonly home: string;
  /** The folder of deno.json, deno.lock and main.ts; or the one file. */
  readonly program: string;
  /** Set where the program is one file. */
  readonly one_file?: OneFile;
  readonly version: string;
  /** The least level that is shown and written. */
  readonly log_level: LogLevel;
  /** Called once, when the first kernel serves. `control` is the socket's path. */
  readonly on_ready: (info: { readonly modules: number; readonly control: string }) => void;
  /** Called when the host cannot start, before the answer 1. Without it the text goes to stderr. */
  readonly on_refused?: (refusal: Fault) => void;
  /** For hosts without a terminal: the end of stdin means stop. */
  readonly stop_at_stdin_end?: boolean;
  /** The file that kernel and cells start from, when it is not the program's main.ts. */
  readonly entry?: string;
}

/** After the kernel is gone its cells have been told; what still lives then is killed. */
const CELLS_GONE_MS = 250;

/** Runs the host in the foreground. Resolves with the exit code: 0 after a stop, 1 when it cannot start, 130 or 1 when it had to end at once. */
export async function runWatchdog(options: WatchdogOptions): Promise<number> {
  const surroundings = readSurroundings();
  const prepared = await prepareHome(options, surroundings);
  if (!prepared.ok) {
    (options.on_refused ?? sayRefusal)(prepared.fault);
    return 1;
  }
  for (const one of revokePlan("watchdog")) Deno.permissions.revokeSync(one as Deno.PermissionDescriptor);
  const { places, lock } = prepared.value;
  const runtime = `${places.home}/runtime`;
  const own_log = openWatchdogLog(`${runtime}/logs/watchdog.log`, options.log_level);
  const { bound, pass, close } = own_log;
  const letters = mailbox();
  const log: WatchdogLog["log"] = (level, message) => {
    own_log.log(level, message);
    letters.tell({ t: "said", time: new Date().toISOString(), level, message });
  };
  log("DEBUG", `watchdog started (pid ${Deno.pid}) in ${places.home}`);
  const stop = new AbortController();
  const now = new AbortController();
  const askToStop = (why: string) => {
    if (!stop.signal.aborted) log("INFO", `stopping (${why})`);
    stop.abort();
  };
  let code_now: number | undefined;
  const endNow = (signal: string) => {
    log("WARNING", `ending at once (${signal})`);
    code_now ??= signal === "SIGINT" ? 130 : 1;
    now.abort();
  };
  const children = childrenTable({ places, env: surroundings.cell_env, tell: letters.tell, log });
  now.signal.addEventListener("abort", () => void children.killAll("the host ends at once"));
  const deafen = listenToSignals({ stop: askToStop, now: endNow });
  if (options.stop_at_stdin_end) void stdinEnd().then(() => askToStop("stdin ended"));
  const endLean = keepLean({
    clock: { after, monotonic: () => performance.now() },
    rss: () => Deno.memoryUsage().rss,
    release: releaseMemory,
  });
  const announce = onlyOnce(options.on_ready);
  const address = `${runtime}/run/address`;

  const code = await superviseKernel({
    places,
    env: surroundings.kernel_env,
    variables: surroundings.variables,
    hello: {
      home: places.home,
      program: places.program,
      run: places.run,
      version: options.version,
      log_level: options.log_level,
      watchdog_pid: Deno.pid,
      ...(surroundings.machine_mb !== undefined && { machine_mb: surroundings.machine_mb }),
    },
    children,
    mailbox: letters,
    stop: stop.signal,
    now: now.signal,
    nextEpoch: () => nextEpoch(`${runtime}/run/epoch`, Date.now()),
    askToStop,
    boundLog: bound,
    ready: (modules) => {
      const control = publishedControlSocket(places.run);
      try {
        writeWhole(address, control + "\n");
      } catch (error) {
        log("ERROR", `Cannot write ${address}: ${(error as Error).message}`);
      }
      announce({ modules, control });
    },
    stderr: pass,
    log,
  });

  if (code_now === undefined) await children.empty(CELLS_GONE_MS);
  await children.killAll("the host stops");
  removeIfThere(address);
  clearSockets(places.run);
  log("INFO", "stopped");
  deafen();
  endLean();
  await close();
  lock.release();
  return code_now ?? code;
}

function after(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}

function sayRefusal({ message, hint }: Fault): void {
  try {
    Deno.stderr.writeSync(new TextEncoder().encode(`${message}\n${hint}\n`));
  } catch {
    // Nobody reads stderr.
  }
}

function onlyOnce<T>(then: (value: T) => void): (value: T) => void {
  let called = false;
  return (value) => {
    if (!called) then(value);
    called = true;
  };
}

async function stdinEnd(): Promise<void> {
  const buffer = new Uint8Array(4_096);
  while (await Deno.stdin.read(buffer).catch(() => null) !== null);
}
