/** `state`: what modules' former instances remembered. `state drop` forgets it. */
import type { Command } from "commander";
import type { ControlVerbs, ListedState } from "../contract/control.ts";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import { renderAge } from "./render_age.ts";
import { renderBytes } from "./render_bytes.ts";
import { renderTable } from "./render_table.ts";
import { safeLine } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declareState(program: Command, run: RunCommand): void {
  const group = program.command("state")
    .description("what modules with exportState() and importState() have left for their next instance")
    .addHelpText("after", examples("state", "state drop tasks/rl_trainer"));
  group.command("list", { isDefault: true })
    .description("list the states that are kept, and those that no instance could import; state alone does the same")
    .addHelpText("after", examples("state", "state list --json"))
    .action(() =>
      run(async (setting) => {
        const answer = await askHost(setting, "state list", {});
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, renderStates(answer.value, Date.now(), setting.out.colour));
        return ok(0);
      })
    );
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

/** A table of what is kept; a state set aside is there until somebody drops it. */
export function renderStates(states: readonly ListedState[], now: number, colour: boolean): string {
  if (states.length === 0) return "no states are kept";
  const columns = [
    { title: "API" },
    { title: "SIZE", align: "right" as const },
    { title: "AGE", align: "right" as const },
    { title: "SET ASIDE" },
  ];
  const rows = states.map(({ api, bytes, time, set_aside, why }) => [
    safeLine(api),
    renderBytes(bytes),
    renderAge((now - Date.parse(time)) / 1_000),
    set_aside ? `yes: ${safeLine(why ?? "it could not be imported")}` : "-",
  ]);
  return renderTable(columns, rows, colour);
}

function sentence({ api, kept, set_aside, reloaded }: ControlVerbs["state drop"]["answer"]): string {
  const dropped = [...kept ? ["the kept state"] : [], ...set_aside ? ["the state set aside"] : []];
  const what = dropped.length > 0 ? `dropped ${dropped.join(" and ")} of ${api}` : `nothing was kept of ${api}`;
  return reloaded ? `${what}; its newest version runs now, and began empty` : what;
}
