/** `status`: what runs, and how it fares. */
import { type Command, Option } from "commander";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import { parseSeconds } from "./parse_seconds.ts";
import { renderModule } from "./render_module.ts";
import { renderStatus } from "./render_status.ts";
import type { RunCommand } from "./setting.ts";

export function declareStatus(program: Command, run: RunCommand): void {
  program.command("status")
    .description("show the kernel and all modules, or one module in full")
    .argument("[api]", "the module's api name")
    .addOption(
      new Option("-w, --watch [seconds]", "again and again, with rates and the latest events, until q or Ctrl-C")
        .preset("2").argParser(parseSeconds),
    )
    .addHelpText("after", examples("status", "status database", "status --watch", "status --json"))
    .action((api: string | undefined, { watch }: { watch?: number }) =>
      run(async (setting) => {
        if (watch !== undefined) return await (await import("./watch_status.ts")).watchStatus(setting, api, watch);
        const answer = await askHost(setting, "status", api === undefined ? {} : { api });
        if (!answer.ok) return answer;
        const { out } = setting;
        const [module] = answer.value.modules;
        if (setting.json) await answerJson(out, answer.value);
        else if (api !== undefined && module !== undefined) await answerText(out, renderModule(module, out.colour));
        else await answerText(out, renderStatus(answer.value, out.colour));
        return ok(0);
      })
    );
}
