/** Starts one of this program's own roles and moves bytes. What may be started, build_command.ts decides. */
import { getPriority, setPriority } from "node:os";
import { splitLines } from "./split_lines.ts";
import { within } from "./within.ts";

export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Process {
  readonly pid: number;
  /** Text for its stdin, in order. Never waits; after its death it does nothing. */
  write(text: string): void;
  /** Bytes that it has not taken yet. */
  waiting(): number;
  /** SIGKILL. Twice is harmless. */
  kill(): void;
  /** Resolves when it is dead and its last lines were handed out. */
  readonly ended: Promise<Ending>;
}

export interface LineSink {
  readonly cap_bytes: number;
  readonly take: (line: string, cut: boolean) => void;
}

/** As `nice` counts: a waking kernel is served at once beside any number of busy cells. With more than this modules
 * starve beside any other program of the machine. An idle machine serves all alike. */
const BEHIND = 5;
const LAST = 19;
/** Lines that a dead process left in its pipes are waited for, but no longer than this. */
const LAST_LINES_MS = 250;

/** Throws when the system cannot start it. `behind`: the machine serves it after whoever is not. */
export function startProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  sinks: { readonly stdout: LineSink; readonly stderr: LineSink },
  { behind = false }: { readonly behind?: boolean } = {},
): Process {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: "/",
    clearEnv: true,
    env: { ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  if (behind) putBehind(child.pid);
  const input = child.stdin.getWriter();
  let waiting = 0;
  let dead = false;
  const drained = Promise.all([drain(child.stdout, sinks.stdout), drain(child.stderr, sinks.stderr)]);
  const ended = child.status.then(async ({ code, signal }): Promise<Ending> => {
    dead = true;
    input.abort().catch(() => {});
    await within(LAST_LINES_MS, drained);
    return { code: signal === null ? code : null, signal };
  });
  return {
    pid: child.pid,
    write: (text) => {
      const bytes = new TextEncoder().encode(text);
      waiting += bytes.length;
      // A process that died meanwhile takes nothing; its `ended` tells.
      input.write(bytes).catch(() => {}).then(() => waiting -= bytes.length);
    },
    waiting: () => waiting,
    kill: () => {
      if (!dead) killQuietly(child);
    },
    ended,
  };
}

/** What it will have of threads begins as late as it does. One that has died, or a system without priorities, has nothing to set. */
function putBehind(pid: number): void {
  try {
    setPriority(pid, Math.min(LAST, getPriority() + BEHIND));
  } catch {
    // it is served like the others
  }
}

/** It may have died between the look and the signal. */
function killQuietly(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Reads to the end whatever happens to the lines: a full pipe would block the one who writes. */
async function drain(from: ReadableStream<Uint8Array>, { cap_bytes, take }: LineSink): Promise<void> {
  const lines = splitLines(cap_bytes, take);
  const reader = from.getReader();
  for (;;) {
    // A pipe that breaks does so with its process.
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || value === undefined) return lines.end();
    lines.push(value);
  }
}
