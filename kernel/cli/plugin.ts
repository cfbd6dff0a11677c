/** `plugin`: what authors of modules work with. */
import type { Command } from "commander";
import { examples } from "./examples.ts";
import { declarePluginAdd } from "./plugin_add.ts";
import { declarePluginCheck } from "./plugin_check.ts";
import { declarePluginDev } from "./plugin_dev.ts";
import { declarePluginNew } from "./plugin_new.ts";
import { declarePluginTest } from "./plugin_test.ts";
import type { RunCommand } from "./setting.ts";

export function declarePlugin(program: Command, run: RunCommand): void {
  const group = program.command("plugin")
    .description("write modules: new ones, checks, tests in the real sandbox; take in strangers")
    .addHelpText("after", examples("plugin new notes", "plugin check notes", "plugin test notes --coverage"));
  declarePluginNew(group, run);
  declarePluginAdd(group, run);
  declarePluginCheck(group, run);
  declarePluginTest(group, run);
  declarePluginDev(group, run);
}
