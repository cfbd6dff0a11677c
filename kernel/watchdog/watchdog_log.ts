/** The watchdog's own words: to stderr and to `runtime/logs/watchdog.log`, in the form that all logs of the host have. */
import type { LogRecord } from "../contract/control.ts";
import { formatLogLine } from "../primitives/format_log_line.ts";
import { within } from "./within.ts";

export type LogLevel = LogRecord["level"];
const LEVELS: readonly LogLevel[] = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];

/** Until a kernel says otherwise, a file of this size is put aside, and this many stand aside: a crash loop must not fill the disk. */
export const LOG_FILE_BYTES = 10_485_760;
export const LOG_FILES_KEPT = 5;
/** What waits for a reader of stderr who is too slow; more is dropped. */
const STDERR_BYTES = 1_048_576;
/** Time that the reader of stderr gets at the end. */
const FLUSH_MS = 500;

export interface WatchdogLog {
  log(level: LogLevel, message: string): void;
  /** Holds from the next line on. */
  bound(most_bytes: number, kept: number): void;
  /** One line to stderr, unchanged. */
  pass(line: string): void;
  /** Resolves when stderr has taken everything, or won't. */
  close(): Promise<void>;
}

/** Never throws and never waits once it is open: a full disk or a closed terminal must not end the host. */
export function openWatchdogLog(path: string, least: LogLevel): WatchdogLog {
  const stderr = Deno.stderr.writable.getWriter();
  const file = rotatingFile(path, LOG_FILE_BYTES, LOG_FILES_KEPT);
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  const pass = (line: string) => {
    if (waiting > STDERR_BYTES) return;
    const bytes = new TextEncoder().encode(line + "\n");
    waiting += bytes.length;
    last = stderr.write(bytes).catch(() => {}).then(() => void (waiting -= bytes.length));
  };
  return {
    log: (level, message) => {
      if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
      const line = formatLogLine(Date.now(), level, message);
      pass(line);
      file.append(line + "\n");
    },
    bound: file.bound,
    pass,
    close: async () => {
      file.close();
      await within(FLUSH_MS, last);
    },
  };
}

/** Appends; a full file becomes `.1`, the former `.1` becomes `.2`, and so on. What can't be written is lost. */
export function rotatingFile(path: string, most_bytes: number, kept: number): {
  append(text: string): void;
  bound(most_bytes: number, kept: number): void;
  close(): void;
} {
  let [most, keep] = [most_bytes, kept];
  let file: Deno.FsFile | undefined;
  let size = 0;
  const open = () => {
    file = Deno.openSync(path, { append: true, create: true, mode: 0o600 });
    size = file.statSync().size;
  };
  const rotate = () => {
    file?.close();
    file = undefined;
    for (let number = keep - 1; number >= 1; number--) renameIfThere(`${path}.${number}`, `${path}.${number + 1}`);
    renameIfThere(path, `${path}.1`);
  };
  return {
    append: (text) => {
      const bytes = new TextEncoder().encode(text);
      try {
        if (file !== undefined && size > 0 && size + bytes.length > most) rotate();
        if (file === undefined) open();
        size += file!.writeSync(bytes);
      } catch {
        // No room, or the folder is gone; stderr has the line.
      }
    },
    bound: (bytes, files) => void ([most, keep] = [bytes, files]),
    close: () => {
      file?.close();
      file = undefined;
    },
  };
}

function renameIfThere(from: string, to: string): void {
  try {
    Deno.renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
