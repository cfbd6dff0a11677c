/** `quarantine lift`: lets a module that failed too often try again. */
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import type { RunCommand } from "./setting.ts";

export function declareQuarantine(program: Command, run: RunCommand): void {
  const group = program.command("quarantine")
    .description("modules that failed too often and are not started again by themselves")
    .addHelpText("after", examples("quarantine lift tasks/rl_trainer"));
  group.command("lift")
    .description("start a quarantined module again")
    .argument("<api>", "the module's api name")
    .addHelpText("after", examples("quarantine lift tasks/rl_trainer"))
    .action((api: string) =>
      run(async (setting) => {
        const answer = await askHost(setting, "quarantine lift", { api });
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, `lifted the quarantine of ${answer.value.api}: ${answer.value.state}`);
        return ok(0);
      })
    );
}
