/** `plugin add`: takes in a stranger's plugin, which runs as far as the operator allows. */
import type { Command } from "commander";
import { faultJson, ok, refuse, type Result } from "../contract/fault.ts";
import { hashModule } from "../config/mod.ts";
import type { Homes } from "../workbench/mod.ts";
import { answerJson, answerText } from "./answer.ts";
import { confirm } from "./confirm.ts";
import { examples } from "./examples.ts";
import { explainAsks } from "./grants/explain_asks.ts";
import { describeWritten } from "./init.ts";
import { findStranger, type Stranger } from "./plugin_add/find_stranger.ts";
import { renderArrival, renderTaken } from "./plugin_add/render_arrival.ts";
import { lookAtArrival, takeIn } from "./plugin_add/take_in.ts";
import { keptConfig, whatIsThere } from "./plugin_add/what_is_there.ts";
import { PROGRAM } from "../program/mod.ts";
import { realHomes } from "./real_homes.ts";
import { safeText } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";
import { writeShippedDefaults } from "./shipped_defaults.ts";

export function declarePluginAdd(group: Command, run: RunCommand): void {
  group.command("add")
    .description("take in a stranger's plugin: vetted first, and started only within what you allow")
    .argument("<path>", "a .ts or .js file, or a folder with mod.ts; its config is NAME.yml beside it or in the folder")
    .option("--as <name>", "the name it gets here, instead of that of its file")
    .option("--allow", "allow all that it asks for, without a question")
    .addHelpText("after", examples("plugin add ~/downloads/notes.ts", "plugin add ../weather --as weather --allow"))
    .action((path: string, options: { as?: string; allow?: true }) =>
      run(async ({ home, json, out }) => {
        // Else the new config would be the only one, and `start` would add nothing to a home that has some.
        const defaults = await writeShippedDefaults(PROGRAM, home);
        if (defaults !== undefined) out.note(describeWritten(home, defaults));
        const homes = await realHomes(home);
        const kept = async (name: string) => keptConfig(await whatIsThere(homes.home, name));
        const found = await findStranger(path, { as: options.as, kept });
        if (!found.ok) return found;
        const arrival = await lookAtArrival(homes, found.value);
        if (!arrival.ok) return arrival;
        const vetted = await vet(homes, found.value);
        if (!vetted.ok) return vetted;
        if (!json) out.note(safeText(renderArrival(found.value, arrival.value)));
        const allow = options.allow ?? (!json && await confirm(`allow ${found.value.name} all of this? [y/N] `));
        const taken = await takeIn(homes, found.value, { allow });
        if (!taken.ok) return taken;
        const { name, from, source, spec } = found.value;
        if (json) {
          await answerJson(out, { api: name, from, hash: source.hash, asks: explainAsks(spec), ...taken.value });
        } else await answerText(out, safeText(renderTaken(found.value, taken.value)));
        return ok(0);
      })
    );
}

/** As `plugin check` does, and just what was read: what does not load is not taken in. */
async function vet(homes: Homes, { spec, source }: Stranger): Promise<Result<void>> {
  const { checkFound } = await import("../workbench/mod.ts"); // the other commands do without
  const planned = { spec, source, hash: await hashModule(spec, source, []) };
  const checked = await checkFound(homes, { planned, configured: true, doubts: [] });
  if (!checked.ok) return checked;
  const { refused } = checked.value.checked;
  return refused === undefined ? ok(undefined) : refuse(faultJson(refused).error as typeof refused);
}
