/** `events`: what happened to modules, configs and the kernel. */
import type { Command } from "commander";
import { examples } from "./examples.ts";
import { addFeedOptions, type FeedOptions, feedParams } from "./feed_options.ts";
import { readFeed } from "./read_feed.ts";
import type { RunCommand } from "./setting.ts";
import { eventsOnTerminal, plainEvent } from "./show_event.ts";

export function declareEvents(program: Command, run: RunCommand): void {
  const command = program.command("events")
    .description("print what happened to modules, configs and the kernel; --json prints one array, with -f JSON Lines")
    .argument("[api]", "only what happened to this module");
  addFeedOptions(command, "events")
    .addHelpText(
      "after",
      examples("events", "events database", "events -f", "events --since 1h --grep killed", "events -f --json"),
    )
    .action((api: string | undefined, options: FeedOptions) =>
      run((setting) => {
        const { terminal, colour } = setting.out;
        const show = terminal ? eventsOnTerminal({ colour, one: api !== undefined, now: new Date() }) : plainEvent;
        return readFeed(setting, "events", feedParams(api, options), show);
      })
    );
}
