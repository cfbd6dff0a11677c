/** What every command is handed: where the home is, how to answer, and where to write. */
import type { Result } from "../contract/fault.ts";
import type { Output } from "./output.ts";

export const LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Setting {
  /** Absolute. */
  readonly home: string;
  /** One JSON document on stdout instead of text for people. */
  readonly json: boolean;
  readonly log_level: LogLevel;
  readonly out: Output;
}

/** A command's work: an exit code, or the fault that the caller reports. */
export type Act = (setting: Setting) => Promise<Result<ExitCode>>;
export type ExitCode = 0 | 1;
/** Hands a command its setting and takes care of its fault; what each command's file gives to commander. */
export type RunCommand = (act: Act) => Promise<void>;
