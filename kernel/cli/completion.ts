/** `completion`: Tab in a shell knows commands, options, modules and their methods. */
import { Argument, type Command } from "commander";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { askNames } from "./completion/ask_names.ts";
import { type Candidate, completeWords, SHELLS } from "./completion/complete_words.ts";
import { completionScript } from "./completion/scripts.ts";
import { examples } from "./examples.ts";
import { PROGRAM_ARGUMENTS } from "./program.ts";
import { safeLine } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

type Shell = (typeof SHELLS)[number];

export function declareCompletion(program: Command, run: RunCommand): void {
  program.command("completion")
    .description("print a script that completes commands, options and names of modules, as a command meta-machine")
    .addArgument(new Argument("<shell>", "bash, zsh or fish").choices(SHELLS))
    .argument("[word...]", "what has been typed so far: prints what could stand there")
    .addHelpText("after", examples("completion bash", 'completion bash -- call ""'))
    .action((shell: Shell, words: string[]) =>
      run(async ({ home, json, out }) => {
        if (words.length === 0) {
          const script = completionScript(shell, [Deno.execPath(), ...PROGRAM_ARGUMENTS]);
          await out.answer(script);
          return ok(0);
        }
        const found = await completeWords(program, words, askNames(home));
        if (json) await answerJson(out, found);
        else await answerText(out, found.map((one) => line(one, shell)).join("\n"));
        return ok(0);
      })
    );
}

/** As each shell reads it. */
function line({ value, description }: Candidate, shell: Shell): string {
  const said = safeLine(description.split("\n")[0]!);
  const name = safeLine(value);
  if (shell === "bash" || said === "") return name;
  return shell === "fish" ? `${name}\t${said}` : `${name.replaceAll(":", "\\:")}:${said}`;
}
