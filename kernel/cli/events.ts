/** `events`: what happened to modules, configs and the kernel. */
import { type Command, Option } from "commander";
import type { LoggedEvent } from "../contract/events.ts";
import { type Colour, paint } from "./colour.ts";
import { examples } from "./examples.ts";
import { followHost } from "./follow_host.ts";
import { jsonText } from "./json_text.ts";
import { parseLines } from "./parse_lines.ts";
import { safeBlock, safeLine } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declareEvents(program: Command, run: RunCommand): void {
  program.command("events")
    .description("print what happened to modules, configs and the kernel; --json prints one array, with -f JSON Lines")
    .option("-f, --follow", "go on with what happens from now on, until Ctrl-C")
    .addOption(new Option("-n, --lines <count>", "so many events of the past").default(50).argParser(parseLines))
    .addHelpText("after", examples("events", "events -n 200", "events -f", "events -f --json"))
    .action(({ follow = false, lines }: { follow?: boolean; lines: number }) =>
      run((setting) => followHost(setting, "events", { follow, lines }, renderEvent))
    );
}

const BAD = /\.(rejected|failed|killed|quarantined|hit|open|swap_failed|state_set_aside)$/;
const GOOD = /\.(ready|reloaded|closed|swapped|given)$/;

/** `time kind api message {detail}`. */
export function renderEvent(item: unknown, colour: boolean): string {
  const { time, kind, api, message, detail } = item as LoggedEvent;
  const shade: Colour | undefined = BAD.test(kind) ? "red" : GOOD.test(kind) ? "green" : undefined;
  const parts = [safeLine(String(time)), paint(safeLine(String(kind)), shade, colour)];
  if (api !== undefined) parts.push(safeLine(String(api)));
  if (message !== undefined) parts.push(safeBlock(String(message)));
  if (detail !== undefined) parts.push(jsonText(detail, "line"));
  return parts.join(" ");
}
