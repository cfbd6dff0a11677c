/** `logs`: what modules and the host wrote. */
import { type Command, Option } from "commander";
import { examples } from "./examples.ts";
import { addFeedOptions, type FeedOptions, feedParams } from "./feed_options.ts";
import { readFeed } from "./read_feed.ts";
import { parseLogLevel } from "./parse_log_level.ts";
import type { LogLevel, RunCommand } from "./setting.ts";
import { logOnTerminal, plainLog } from "./show_log.ts";

export function declareLogs(program: Command, run: RunCommand): void {
  const command = program.command("logs")
    .description("print the log of the host, or of one module; --json prints one array, with -f JSON Lines")
    .argument("[api]", "the module's api name, or 'kernel', or 'watchdog'");
  addFeedOptions(command, "lines")
    .addOption(new Option("--level <level>", "only from this level on").argParser(parseLogLevel))
    .addHelpText(
      "after",
      examples(
        "logs",
        "logs database -n 200",
        "logs -f --level WARNING",
        "logs --since 10m --grep refused",
        "logs -f --json",
      ),
    )
    .action((api: string | undefined, { level, ...options }: FeedOptions & { level?: LogLevel }) =>
      run((setting) => {
        const { terminal, colour } = setting.out;
        const show = terminal ? logOnTerminal({ colour, one: api !== undefined, now: new Date() }) : plainLog;
        const params = { ...feedParams(api, options), ...(level !== undefined && { level }) };
        return readFeed(setting, "logs", params, show);
      })
    );
}
