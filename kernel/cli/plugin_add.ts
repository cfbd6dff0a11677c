/** `plugin add`: takes in a stranger's plugin, which runs as far as the operator allows. */
import type { Command } from "commander";
import { faultJson, ok, refuse, type Result } from "../contract/fault.ts";
import { explainGrants } from "../workbench/mod.ts";
import { answerJson, answerText } from "./answer.ts";
import { confirm } from "./confirm.ts";
import { examples } from "./examples.ts";
import { findStranger, type Stranger } from "./plugin_add/find_stranger.ts";
import { takeIn, type TakenIn } from "./plugin_add/take_in.ts";
import { realHomes } from "./real_homes.ts";
import { safeText } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declarePluginAdd(group: Command, run: RunCommand): void {
  group.command("add")
    .description("take in a stranger's plugin: vetted first, and started only within what you allow")
    .argument("<path>", "a .ts or .js file, or a folder with mod.ts; its config is NAME.yml beside it or in the folder")
    .option("--as <name>", "the name it gets here, instead of that of its file")
    .option("--allow", "allow all that it asks for, without a question")
    .addHelpText("after", examples("plugin add ~/downloads/notes.ts", "plugin add ../weather --as weather --allow"))
    .action((path: string, options: { as?: string; allow?: true }) =>
      run(async ({ home, json, out }) => {
        const homes = await realHomes(home);
        const found = await findStranger(path, options.as);
        if (!found.ok) return found;
        const vetted = await vet(homes, found.value);
        if (!vetted.ok) return vetted;
        if (!json) out.note(safeText(renderAsks(found.value)));
        const allow = options.allow ?? (!json && await confirm(`allow ${found.value.name} all of this? [y/N] `));
        const taken = await takeIn(homes, found.value, { allow });
        if (!taken.ok) return taken;
        const { name, from, source, spec } = found.value;
        if (json) {
          const asks = explainGrants(spec.grants);
          await answerJson(out, { api: name, from, hash: source.hash, asks, ...taken.value });
        } else await answerText(out, safeText(renderTaken(found.value, taken.value)));
        return ok(0);
      })
    );
}

/** As `plugin check` does, where it lies: what does not load is not taken in. */
async function vet(homes: { home: string; program: string }, { from }: Stranger): Promise<Result<void>> {
  const { runCheck } = await import("../workbench/mod.ts"); // the other commands do without
  const checked = await runCheck(homes, from);
  if (!checked.ok) return checked;
  const { refused } = checked.value.checked;
  return refused === undefined ? ok(undefined) : refuse(faultJson(refused).error as typeof refused);
}

function renderAsks({ name, from, spec, source }: Stranger): string {
  const asks = explainGrants(spec.grants);
  const files = `${source.files.length} ${source.files.length === 1 ? "file" : "files"}, hash ${
    source.hash.slice(0, 12)
  }`;
  return [
    `${name} from ${from} (${files})`,
    ...asks.length === 0 ? ["asks for nothing"] : ["asks for", ...asks.map(({ what, why }) => `  ${what}: ${why}`)],
  ].join("\n");
}

function renderTaken({ name }: Stranger, { update, allowed, runs, written }: TakenIn): string {
  const next = runs
    ? `${allowed ? "allowed" : "it asks for nothing new"}: a running host starts it now`
    : update
    ? `the former version runs on until you allow this one: grants diff ${name}, grants allow ${name}`
    : `it does not start until you allow it: grants show ${name}, grants allow ${name}`;
  return [`${update ? "updated" : "added"} ${name}`, ...written.map((path) => `  ${path}`), next].join("\n");
}
