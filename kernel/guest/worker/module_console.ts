import { formatValues } from "./format_value.ts";
import { after, monotonic } from "./primordials.ts";

/** Levels of a module's log. */
export type LogLevel = "DEBUG" | "INFO" | "WARNING" | "ERROR";
/** Writes one entry into the module's log. */
export type WriteLog = (level: LogLevel, text: string) => void;

/** A `console` whose lines are the module's log. */
export function moduleConsole(log: WriteLog): object {
  const at = (level: LogLevel) => (...values: unknown[]) => log(level, formatValues(values));
  const counts = new Map<string, number>();
  const started = new Map<string, number>();
  return {
    log: at("INFO"),
    info: at("INFO"),
    dir: (value: unknown) => log("INFO", formatValues([value])),
    dirxml: at("INFO"),
    table: (value: unknown) => log("INFO", formatValues([value])),
    group: at("INFO"),
    groupCollapsed: at("INFO"),
    groupEnd() {},
    clear() {},
    debug: at("DEBUG"),
    warn: at("WARNING"),
    error: at("ERROR"),
    trace: (...values: unknown[]) => log("DEBUG", `${formatValues(values)}\n${new Error().stack ?? ""}`),
    assert(condition?: unknown, ...values: unknown[]) {
      if (!condition) log("ERROR", formatValues(["Assertion failed:", ...values]));
    },
    count(label = "default") {
      const count = (counts.get(label) ?? 0) + 1;
      counts.set(label, count);
      log("INFO", `${label}: ${count}`);
    },
    countReset: (label = "default") => void counts.delete(label),
    time: (label = "default") => void started.set(label, monotonic()),
    timeLog: (label = "default", ...values: unknown[]) => log("INFO", formatValues([elapsed(label), ...values])),
    timeEnd(label = "default") {
      log("INFO", elapsed(label));
      started.delete(label);
    },
  };

  function elapsed(label: string): string {
    const from = started.get(label);
    return from === undefined ? `${label}: not started` : `${label}: ${Math.floor(monotonic() - from)} ms`;
  }
}

/**
 * A log of at most `per_second` entries. What is above is left out and counted; `dropped` hears how many were, at most once a second: the shell, which
 * has a bound of its own, adds up what both left out and tells it in one line.
 */
export function boundedLog(per_second: number, write: WriteLog, dropped: (lines: number) => void): WriteLog {
  let second = 0;
  let written = 0;
  let left_out = 0;
  const tell = () => {
    if (left_out > 0) dropped(left_out);
    left_out = 0;
  };
  return (level, text) => {
    const now = Math.floor(monotonic() / 1000);
    if (now !== second) {
      second = now;
      written = 0;
      tell();
    }
    if (written < per_second) {
      written++;
      return write(level, text);
    }
    if (left_out++ === 0) after(tell, 1_000); // a module that says nothing more has left lines out all the same
  };
}
