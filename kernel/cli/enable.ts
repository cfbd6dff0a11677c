/** `enable`: takes the dot away from the files that `disable` put aside. */
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import { safeLine } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declareEnable(program: Command, run: RunCommand): void {
  program.command("enable")
    .description("take the dot away from every config file that claims the api, so that it is loaded again")
    .argument("<api>", "the module's api name")
    .addHelpText("after", examples("enable tasks/rl_trainer"))
    .action((api: string) =>
      run(async (setting) => {
        const answer = await askHost(setting, "enable", { api });
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, describe(answer.value));
        return ok(0);
      })
    );
}

function describe({ api, files }: { api: string; files: readonly string[] }): string {
  return files.length === 0 ? `${api} was enabled already` : `enabled ${api}: ${files.map(safeLine).join(", ")}`;
}
