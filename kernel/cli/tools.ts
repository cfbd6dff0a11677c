/** `tools`: what models could be given. */
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import type { ListedTool } from "../contract/tool_spec.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import { renderTable } from "./render_table.ts";
import { safeLine } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declareTools(program: Command, run: RunCommand): void {
  program.command("tools")
    .description("list the tools of all modules, or of one; --json adds the schema of their params")
    .argument("[api]", "the module's api name")
    .option("--as <principal>", "only those that a conversation of this principal's may call")
    .addHelpText("after", examples("tools", "tools filesystem --json", "tools --as console"))
    .action((api: string | undefined, { as: principal }: { as?: string }) =>
      run(async (setting) => {
        const params = { ...(api !== undefined && { api }), ...(principal !== undefined && { principal }) };
        const answer = await askHost(setting, "tools", params);
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, renderTools(answer.value, setting.out.colour));
        return ok(0);
      })
    );
}

/** A table; the marks are the module's own words, not a promise of the host. */
export function renderTools(tools: readonly ListedTool[], colour: boolean): string {
  if (tools.length === 0) return "no tools";
  const columns = [{ title: "TOOL" }, { title: "API" }, { title: "SAYS IT IS" }, { title: "DESCRIPTION" }];
  const rows = tools.map((tool) => [safeLine(tool.name), safeLine(tool.api), marks(tool), safeLine(tool.description)]);
  return renderTable(columns, rows, colour);
}

function marks({ readOnly, destructive }: ListedTool): string {
  return [...(readOnly ? ["read-only"] : []), ...(destructive ? ["destructive"] : [])].join(", ") || "-";
}
