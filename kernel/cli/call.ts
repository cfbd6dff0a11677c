/** `call`: one call with the operator's authority. */
import type { Command } from "commander";
import { ok, refuse } from "../contract/fault.ts";
import { explainArguments } from "./almost_json.ts";
import { answerJson, answerResult } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import { parseArgument } from "./parse_argument.ts";
import type { RunCommand } from "./setting.ts";

export function declareCall(program: Command, run: RunCommand): void {
  program.command("call")
    .description("call a method of a module with the operator's authority and print the result")
    .argument("<api>", "the module's api name")
    .argument("<method>", "a public method of it, or of the aspect")
    .argument("[arg...]", "JSON; what is not JSON is taken as a string")
    .option("--aspect <name>", "another face of the module, for example 'tool'")
    .addHelpText(
      "after",
      examples(
        `call database query '"select count(*) n from training_log"'`,
        "call filesystem read_file notes.txt",
        `call filesystem read_file '{"path": "notes.txt"}' --aspect tool`,
        "call notes add -- --text-that-looks-like-an-option",
      ),
    )
    .action((api: string, method: string, args: string[], options: { aspect?: string }) =>
      run(async (setting) => {
        const params = { api, method, args: args.map(parseArgument), ...options };
        const answer = await askHost(setting, "call", params);
        if (!answer.ok) return refuse(explainArguments(answer.fault, params.args, "shell"));
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerResult(setting.out, answer.value);
        return ok(0);
      })
    );
}
