/** `plugin dev`: a module while it is being written. */
import type { Command } from "commander";
import { fault, refuse } from "../contract/fault.ts";
import { examples } from "./examples.ts";
import { realHomes } from "./real_homes.ts";
import type { RunCommand } from "./setting.ts";

export function declarePluginDev(group: Command, run: RunCommand): void {
  group.command("dev")
    .description("a prompt beside your editor: calls the module, shows its log, and what is wrong with each change")
    .argument("<name|path>", "the module's api or prog, or a file below plugins/")
    .addHelpText("after", examples("plugin dev notes", "--home ~/agents plugin dev plugins/notes.ts"))
    .action((named: string) =>
      run(async ({ home, json, out }) => {
        if (json) {
          return refuse(fault("invalid_argument", "plugin dev talks to a person: it has no --json", {
            hint: "'logs -f --json' and 'events -f --json' are for programs",
          }));
        }
        const [{ runDev }, { processStreams }] = await Promise.all([
          import("./dev/run_dev.ts"),
          import("./dev/screen.ts"),
        ]);
        return await runDev({ homes: await realHomes(home), named, colour: out.colour, streams: processStreams() });
      })
    );
}
