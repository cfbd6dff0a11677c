/**
 * What the kernel and its modules say: one line for a person on stderr (`time - LEVEL - message`, the paper's format) and one JSON line
 * in `runtime/logs/host.jsonl`. Text from modules has been made harmless before it is shown.
 *
 * Not @logtape/logtape: the sinks are powers handed in, and a registry of loggers that every file can reach would be a hidden global.
 */
import type { LogRecord } from "../contract/control.ts";
import type { Clock } from "../contract/powers.ts";
import { escapeText } from "../primitives/escape_text.ts";
import { formatLogLine } from "../primitives/format_log_line.ts";
import type { LineFeed } from "./line_feed.ts";

export const LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] as const;
export type Level = LogRecord["level"];

export interface HostLogOptions {
  readonly feed: LineFeed<LogRecord>;
  readonly clock: Clock;
  /** Writes one line for the person who started the host. */
  readonly stderr: (line: string) => void;
  /** The least level that is shown on stderr; the file has everything. */
  readonly level: Level;
}

export class HostLog {
  readonly #options: HostLogOptions;
  readonly #shown: number;

  constructor(options: HostLogOptions) {
    this.#options = options;
    this.#shown = LEVELS.indexOf(options.level);
  }

  /** `api`: which module speaks, or "kernel". */
  write(level: Level, api: string, message: string): void {
    const now = this.#options.clock.now();
    this.#options.feed.push({ time: new Date(now).toISOString(), level, api, message: harmless(message) });
    if (LEVELS.indexOf(level) < this.#shown) return;
    const text = escapeText(message);
    this.#options.stderr(formatLogLine(now, level, api === "kernel" ? text : `[${api}] ${text}`));
  }

  /** Into the file only: who said it has shown it already. */
  heard(time: string, level: Level, api: string, message: string): void {
    this.#options.feed.push({ time, level, api, message: harmless(message) });
  }

  debug(message: string): void {
    this.write("DEBUG", "kernel", message);
  }
  info(message: string): void {
    this.write("INFO", "kernel", message);
  }
  warning(message: string): void {
    this.write("WARNING", "kernel", message);
  }
  error(message: string): void {
    this.write("ERROR", "kernel", message);
  }
  critical(message: string): void {
    this.write("CRITICAL", "kernel", message);
  }
}

/** In a record, lines may stay lines: JSON keeps them apart from records, and whoever shows them indents them. */
function harmless(message: string): string {
  return message.split("\n").map(escapeText).join("\n");
}
