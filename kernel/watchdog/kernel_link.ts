/** One kernel process and its two pipes: lines of a closed set both ways, whatever it writes. */
import { type FromWatchdog, type Hello, LINE_BYTES, type ToWatchdog } from "../contract/channel.ts";
import { type CellId, isCellId } from "../contract/names.ts";
import { escapeText } from "../primitives/escape_text.ts";
import { parseToWatchdog } from "../primitives/parse_to_watchdog.ts";
import { type Ending, startProcess } from "./start_process.ts";

/** Lines that are no messages: more of them in one kernel's life are counted, not logged. */
export const STRANGE_LINES = 20;
/** Log lines wait in memory for a kernel that doesn't read; beyond this they are dropped, and only they. */
export const UNREAD_BYTES = 4_194_304;
/** All else is an answer or a fate, which is never dropped: a kernel that asks and asks and reads nothing would fill this process's memory. */
export const MOST_UNREAD_BYTES = 67_108_864;

/** The bootstrap's last word (architecture.md, "Bootstrap"). */
const NOTHING_LOADS = "All kernel load attempts failed.";

export interface KernelLink {
  readonly epoch: number;
  readonly pid: number;
  /** False when it was a log line and the kernel is too far behind. */
  send(message: FromWatchdog): boolean;
  kill(): void;
  readonly ended: Promise<Ending & { readonly nothing_loads: boolean }>;
}

export interface KernelLinkEvents {
  message(message: ToWatchdog): void;
  /** An order for a cell that no command line can be built from. */
  refused(cell: CellId): void;
  /** A line of its stderr, unchanged. */
  stderr(line: string): void;
  log(level: "WARNING", message: string): void;
}

/** Starts a kernel and says hello. Throws when the system cannot start it. */
export function startKernel(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  hello: Hello,
  events: KernelLinkEvents,
): KernelLink {
  let nothing_loads = false;
  let strange = 0;
  let deaf = false;
  const complain = (line: string) => {
    if (++strange <= STRANGE_LINES) {
      events.log("WARNING", `kernel ${hello.epoch} wrote what is no message: ${escapeText(line.slice(0, 200))}`);
    }
  };
  const stdout = {
    cap_bytes: LINE_BYTES,
    take: (line: string, cut: boolean) => {
      const raw = cut ? undefined : parseJson(line);
      const message = raw === undefined ? undefined : parseToWatchdog(raw);
      if (message !== undefined) return events.message(message);
      complain(line);
      const cell = orderedCell(raw);
      if (cell !== undefined) events.refused(cell);
    },
  };
  const stderr = {
    cap_bytes: LINE_BYTES,
    take: (line: string) => {
      nothing_loads ||= line.includes(NOTHING_LOADS);
      events.stderr(line);
    },
  };
  const process = startProcess(args, env, { stdout, stderr });
  const send = (message: FromWatchdog) => {
    if ((message.t === "log" || message.t === "said") && process.waiting() > UNREAD_BYTES) return false;
    if (process.waiting() > MOST_UNREAD_BYTES) {
      if (!deaf) events.log("WARNING", `kernel ${hello.epoch} does not read what it is told, and is killed`);
      deaf = true;
      process.kill();
      return false;
    }
    process.write(JSON.stringify(message) + "\n");
    return true;
  };
  send(hello);
  return {
    epoch: hello.epoch,
    pid: process.pid,
    send,
    kill: process.kill,
    ended: process.ended.then((ending) => {
      if (strange > STRANGE_LINES) {
        events.log("WARNING", `kernel ${hello.epoch} wrote ${strange} lines that are no messages`);
      }
      return { ...ending, nothing_loads };
    }),
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function orderedCell(raw: unknown): CellId | undefined {
  const { t, cell } = (raw ?? {}) as { t?: unknown; cell?: unknown };
  return t === "start_cell" && isCellId(cell) ? cell : undefined;
}
