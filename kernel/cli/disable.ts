/** `disable`: puts a dot before every file that claims an api, so that it is unloaded. */
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import { safeLine } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declareDisable(program: Command, run: RunCommand): void {
  program.command("disable")
    .description("put a dot before every config file that claims the api, so that it is unloaded")
    .argument("<api>", "the module's api name")
    .addHelpText("after", examples("disable tasks/rl_trainer"))
    .action((api: string) =>
      run(async (setting) => {
        const answer = await askHost(setting, "disable", { api });
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, describe(answer.value));
        return ok(0);
      })
    );
}

function describe({ api, files }: { api: string; files: readonly string[] }): string {
  return files.length === 0 ? `${api} was disabled already` : `disabled ${api}: ${files.map(safeLine).join(", ")}`;
}
