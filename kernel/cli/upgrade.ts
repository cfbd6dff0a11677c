/** `upgrade`: the running host goes over to the program as it now stands on disk; modules run on. */
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import { progressLine } from "./progress_line.ts";
import type { RunCommand } from "./setting.ts";

export function declareUpgrade(program: Command, run: RunCommand): void {
  program.command("upgrade")
    .description("hand the running host over to a kernel of the program as it now stands on disk; modules run on")
    .addHelpText("after", examples("upgrade"))
    .action(() =>
      run(async (setting) => {
        const line = progressLine(!setting.json);
        line.show("a kernel of the new build starts and takes over");
        const answer = await askHost(setting, "upgrade", {});
        line.clear();
        if (!answer.ok) return answer;
        const now = await askHost(setting, "ping", {});
        if (!now.ok) return now;
        const { from } = answer.value;
        const to = { version: now.value.version, epoch: now.value.epoch };
        if (setting.json) await answerJson(setting.out, { from, to });
        else {
          const changed = from.version === to.version
            ? `version ${to.version}`
            : `version ${from.version} to ${to.version}`;
          await answerText(setting.out, `upgraded: ${changed}, kernel ${from.epoch} to ${to.epoch}`);
        }
        return ok(0);
      })
    );
}
