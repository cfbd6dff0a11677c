/** `logs`: what modules and the host wrote. */
import { type Command, Option } from "commander";
import type { LogRecord } from "../contract/control.ts";
import { examples } from "./examples.ts";
import { followHost } from "./follow_host.ts";
import { type Colour, paint } from "./colour.ts";
import { parseLines } from "./parse_lines.ts";
import { safeBlock, safeLine } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declareLogs(program: Command, run: RunCommand): void {
  program.command("logs")
    .description("print the log of the host, or of one module; --json prints one array, with -f JSON Lines")
    .argument("[api]", "the module's api name, or 'kernel', or 'watchdog'")
    .option("-f, --follow", "go on with what is written from now on, until Ctrl-C")
    .addOption(new Option("-n, --lines <count>", "so many lines of the past").default(50).argParser(parseLines))
    .addHelpText("after", examples("logs", "logs database -n 200", "logs -f", "logs -f --json"))
    .action((api: string | undefined, { follow = false, lines }: { follow?: boolean; lines: number }) =>
      run((setting) =>
        followHost(setting, "logs", { follow, lines, ...(api !== undefined && { api }) }, renderLogRecord)
      )
    );
}

const LEVEL_COLOURS: Readonly<Record<string, Colour>> = Object.freeze({
  DEBUG: "dim",
  WARNING: "yellow",
  ERROR: "red",
  CRITICAL: "red",
});

/** `time - LEVEL - api - message`; further lines of a message are indented, so that none passes for an entry. */
export function renderLogRecord(item: unknown, colour: boolean): string {
  const { time, level, api, message } = item as LogRecord;
  const shown = paint(safeLine(String(level)), LEVEL_COLOURS[level], colour);
  return `${safeLine(String(time))} - ${shown} - ${safeLine(String(api))} - ${safeBlock(String(message))}`;
}
