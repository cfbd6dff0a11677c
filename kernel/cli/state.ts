/** `state drop`: forgets what a module's former instances remembered. */
import type { Command } from "commander";
import type { ControlVerbs } from "../contract/control.ts";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import type { RunCommand } from "./setting.ts";

export function declareState(program: Command, run: RunCommand): void {
  const group = program.command("state")
    .description("what modules with exportState() and importState() have left for their next instance")
    .addHelpText("after", examples("state drop tasks/rl_trainer"));
  group.command("drop")
    .description(
      "forget a module's kept state, and one that could not be imported; a newer version refused for it is loaded, empty",
    )
    .argument("<api>", "the module's api name")
    .addHelpText("after", examples("state drop tasks/rl_trainer"))
    .action((api: string) =>
      run(async (setting) => {
        const answer = await askHost(setting, "state drop", { api });
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, sentence(answer.value));
        return ok(0);
      })
    );
}

function sentence({ api, kept, set_aside, reloaded }: ControlVerbs["state drop"]["answer"]): string {
  const dropped = [...kept ? ["the kept state"] : [], ...set_aside ? ["the state set aside"] : []];
  const what = dropped.length > 0 ? `dropped ${dropped.join(" and ")} of ${api}` : `nothing was kept of ${api}`;
  return reloaded ? `${what}; its newest version runs now, and began empty` : what;
}
