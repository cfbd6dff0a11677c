/** `plugin check`: what a module is, before it runs. */
import type { Command } from "commander";
import { faultJson, ok } from "../contract/fault.ts";
import type { CheckRun } from "../workbench/mod.ts";
import { answerJson, answerText } from "./answer.ts";
import { examples } from "./examples.ts";
import { realHomes } from "./real_homes.ts";
import { safeText } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declarePluginCheck(group: Command, run: RunCommand): void {
  group.command("check")
    .description("vet a module, check its types, and list what it asks for and offers; needs no host and touches none")
    .argument("<name|path>", "its api, a file below plugins/, or any file or folder with a module")
    .addHelpText("after", examples("plugin check notes", "plugin check plugins/notes.ts --json"))
    .action((named: string) =>
      run(async ({ home, json, out }) => {
        const { renderChecked, runCheck } = await import("../workbench/mod.ts"); // the other commands do without
        const homes = await realHomes(home);
        const found = await runCheck(homes, named);
        if (!found.ok) return found;
        const { checked, show } = found.value;
        if (homes.one_file !== undefined) out.note(WITHOUT_TYPES);
        if (json) await answerJson(out, jsonOf(found.value));
        else await answerText(out, safeText(renderChecked(checked, show)));
        return ok(checked.refused === undefined && checked.problems.length === 0 ? 0 : 1);
      })
    );
}

const WITHOUT_TYPES =
  "types are not checked: the program in one file has no compiler; 'plugin check' of its sources checks them";

function jsonOf({ checked: { refused, problems, tools, config, ...facts }, show }: CheckRun) {
  return {
    ...facts,
    config: config ?? null,
    refused: refused === undefined ? null : faultJson(refused).error,
    problems: problems.map((one) => ({ ...one, file: show(one.file) })),
    tools: tools ?? null,
  };
}
