/** `tool call`: a tool as a model would ask for it. */
import type { Command } from "commander";
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import { answerJson, answerResult } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import { parseArgument } from "./parse_argument.ts";
import type { RunCommand } from "./setting.ts";

/** Whose authority a conversation has that the operator begins. */
export const DEFAULT_AS = "console";

export function declareTool(program: Command, run: RunCommand): void {
  program.command("tool")
    .description("tools as a model asks for them; `tools` lists what there is")
    .addHelpText("after", examples(`tool call filesystem_read_file '{"path": "list.txt"}'`))
    .command("call")
    .description("call a tool in a principal's name, with its authority alone, and print the result")
    .argument("<name>", "as `tools` shows it")
    .argument("[params]", "a JSON map", "{}")
    .option("--as <principal>", "a name of configs/principals.yml, or console", DEFAULT_AS)
    .addHelpText(
      "after",
      examples(
        `tool call filesystem_read_file '{"path": "list.txt"}'`,
        `tool call notes_add '{"text": "buy milk"}' --as kitchen --json`,
      ),
    )
    .action((tool: string, text: string, { as: principal }: { as: string }) =>
      run(async (setting) => {
        const params = parseMap(text);
        if (!params.ok) return params;
        const answer = await askHost(setting, "tool", { principal, tool, params: params.value });
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerResult(setting.out, answer.value);
        return ok(0);
      })
    );
}

function parseMap(text: string): Result<Record<string, unknown>> {
  const value = parseArgument(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return ok(value as Record<string, unknown>);
  return refuse(
    fault("invalid_argument", "the params of a tool are one JSON map", { hint: `for example '{"text": "buy milk"}'` }),
  );
}
