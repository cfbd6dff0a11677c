/** What `logs` and `events` take alike, and what they ask the host for. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { FeedParams } from "../contract/control.ts";
import { MOST_LINES, parseLines } from "./parse_lines.ts";
import { parseSince } from "./parse_since.ts";

export interface FeedOptions {
  readonly follow?: boolean;
  readonly lines?: number;
  readonly since?: string;
  readonly grep?: string;
}

const LINES = 50;

/** `what`: records of which kind, in the plural. */
export function addFeedOptions(command: Command, what: string): Command {
  return command
    .option("-f, --follow", "go on with what comes from now on, also over restarts of the kernel, until Ctrl-C")
    .addOption(
      new Option("-n, --lines <count>", `the latest so many ${what} (default: ${LINES}, with --since all)`).argParser(
        parseLines,
      ),
    )
    .addOption(
      new Option("--since <time>", "not older: 10m, 2h, 3d (ago), 14:30, or 2026-01-31T12:00").argParser((
        text: string,
      ) => parseSince(text)),
    )
    .addOption(
      new Option("--grep <text>", "only what has this text in it, in whichever capitals").argParser(parseGrep),
    );
}

export function feedParams(
  api: string | undefined,
  { follow = false, lines, since, grep }: FeedOptions,
): FeedParams {
  return {
    ...(api !== undefined && { api }),
    follow,
    lines: lines ?? (since === undefined ? LINES : MOST_LINES),
    ...(since !== undefined && { since }),
    ...(grep !== undefined && { grep }),
  };
}

/** What the host would refuse is refused here already. */
function parseGrep(text: string): string {
  if (text.length === 0 || text.length > 1_000) throw new InvalidArgumentError("It must have 1 to 1000 characters.");
  return text;
}
