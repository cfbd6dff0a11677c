/** `reload`: a new instance of a module in place of the running one. */
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import type { RunCommand } from "./setting.ts";

export function declareReload(program: Command, run: RunCommand): void {
  program.command("reload")
    .description("load a module again from its files; its callers lose no call")
    .argument("<api>", "the module's api name")
    .addHelpText("after", examples("reload my_module"))
    .action((api: string) =>
      run(async (setting) => {
        const answer = await askHost(setting, "reload", { api });
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, `reloaded ${answer.value.api}`);
        return ok(0);
      })
    );
}
