/** `--log-level`, in capitals or not. */
import { InvalidArgumentError } from "commander";
import { LOG_LEVELS, type LogLevel } from "./setting.ts";

/** Throws what commander shows with the option's name. */
export function parseLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text.toUpperCase());
  if (level === undefined) throw new InvalidArgumentError(`Allowed are ${LOG_LEVELS.join(", ")}.`);
  return level;
}
