/** The command line from its arguments to its exit code. */
import { resolve } from "@std/path";
import { type Command, CommanderError } from "commander";
import { type Fault, fault, FaultError } from "../contract/fault.ts";
import { declareProgram } from "./declare_program.ts";
import { type Output, processOutput, ReaderGone } from "./output.ts";
import { reportFault } from "./report_fault.ts";
import type { ExitCode, LogLevel, RunCommand } from "./setting.ts";

/** Runs one command with `args` as they follow the program's name. Never rejects: what nobody expected is a fault too. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  const out = processOutput();
  const json = wantsJson(args);
  try {
    if (Deno.build.os === "windows") {
      return await reportFault(fault("denied", "Windows is not supported; use Linux or macOS (or WSL)"), json, out);
    }
    return await runArguments(args, json, out);
  } catch (error) {
    if (error instanceof ReaderGone) return 0;
    try {
      return await reportFault(unexpected(error), json, out);
    } catch {
      return 1;
    }
  }
}

async function runArguments(args: readonly string[], json: boolean, out: Output): Promise<ExitCode> {
  let code: ExitCode = 0;
  const help: string[] = [];
  const complaints: string[] = [];
  const run: RunCommand = async (act) => {
    const { home, log_level } = readGlobals(program.opts());
    const result = await act({ home, json, log_level, out });
    code = result.ok ? result.value : await reportFault(result.fault, json, out);
  };
  const program = declareProgram(run, { answer: (text) => help.push(text), note: (text) => complaints.push(text) });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) code = await complain(error, complaints.join(""), hintFor(program, args), json, out);
  }
  if (help.length > 0) await out.answer(help.join(""));
  return code;
}

/** What commander has to say against the arguments. Without a command it is the help itself. */
function complain(
  error: CommanderError,
  text: string,
  hint: string,
  json: boolean,
  out: Output,
): Promise<ExitCode> | ExitCode {
  if (error.code === "commander.help" && !json) {
    out.note(text.trimEnd());
    return 1;
  }
  const message = error.code === "commander.help" ? "no command given" : text.trim().replace(/^error: /, "");
  return reportFault(fault("invalid_argument", message, { hint }), json, out);
}

/** The help that is meant: of the command that was named, or of the program. */
function hintFor({ commands }: Command, args: readonly string[]): string {
  const named = commands.find((command) => args.includes(command.name()));
  return named === undefined ? "'help' shows what there is" : `'help ${named.name()}' shows what it takes`;
}

function readGlobals(options: { home?: string; logLevel?: LogLevel }): { home: string; log_level: LogLevel } {
  return { home: resolve(options.home ?? "."), log_level: options.logLevel ?? "DEBUG" };
}

/** Known before the arguments are parsed, since also a complaint about them is JSON then. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).includes("--json");
}

function unexpected(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  if (
    error instanceof Error && ["NotFound", "PermissionDenied", "NotADirectory", "AlreadyExists"].includes(error.name)
  ) {
    return fault("invalid_argument", error.message, { hint: "check --home and its rights" });
  }
  return fault("internal", error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
