/** `plugin test`: tests of modules, each in a real cell. */
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { examples } from "./examples.ts";
import { realHomes } from "./real_homes.ts";
import type { RunCommand } from "./setting.ts";

export function declarePluginTest(group: Command, run: RunCommand): void {
  group.command("test")
    .description("run plugins/NAME_test.ts, the module in a real cell with scripted services; all tests without a name")
    .argument("[name|path]", "the module's api or prog, or a file below plugins/")
    .option("--filter <text>", "only tests whose names have this in them")
    .option("--coverage", "tell which lines of the module did not run")
    .addHelpText("after", examples("plugin test notes", "plugin test notes --coverage", "plugin test"))
    .action((named: string | undefined, options: { filter?: string; coverage?: true }) =>
      run(async ({ home, json, out }) => {
        const { renderCoverage, runTests } = await import("../workbench/mod.ts"); // the other commands do without
        const { filter, coverage = false } = options;
        const ran = await runTests(await realHomes(home), { named, filter, coverage, show: !json });
        if (!ran.ok) return ran;
        if (json) await answerJson(out, { ...ran.value, coverage: ran.value.coverage ?? null });
        else if (ran.value.coverage !== undefined) await answerText(out, renderCoverage(ran.value.coverage));
        return ok(ran.value.passed ? 0 : 1);
      })
    );
}
