/** `bracket parse` and `bracket render`: the Bracket Protocol by hand, without a host. */
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import { readTurn, renderResult } from "../guest/mod.ts";
import { answerJson, answerText } from "./answer.ts";
import { parseOutcome } from "./bracket/parse_outcome.ts";
import { readInput } from "./bracket/read_input.ts";
import { renderBlocks } from "./bracket/render_blocks.ts";
import { examples } from "./examples.ts";
import type { RunCommand } from "./setting.ts";

export function declareBracket(program: Command, run: RunCommand): void {
  const group = program.command("bracket")
    .description("read and write the blocks by which a model calls tools")
    .addHelpText("after", examples("bracket parse answer.md", "bracket render < outcome.json"));
  group.command("parse")
    .description("show the calls in an assistant's text, or where a block can't be read; exit code 1 when one can't")
    .argument("<file>", "the text; - is standard input")
    .addHelpText("after", examples("bracket parse answer.md", "bracket parse - --json"))
    .action((file: string) =>
      run(async ({ out, json }) => {
        const text = await readInput(file);
        if (!text.ok) return text;
        const blocks = readTurn(text.value);
        if (json) await answerJson(out, { blocks });
        else await answerText(out, renderBlocks(blocks, text.value));
        return ok(blocks.every(({ error }) => error === null) ? 0 : 1);
      })
    );
  group.command("render")
    .description(
      "write the result block of an outcome: JSON with result, status, data or error, and id if there is one",
    )
    .argument("[file]", "the JSON; - is standard input", "-")
    .addHelpText("after", examples("bracket render outcome.json"))
    .action((file: string) =>
      run(async ({ out, json }) => {
        const text = await readInput(file);
        if (!text.ok) return text;
        const outcome = parseOutcome(text.value);
        if (!outcome.ok) return outcome;
        const block = renderResult(outcome.value);
        if (json) await answerJson(out, { block });
        else await answerText(out, block.trimEnd());
        return ok(0);
      })
    );
}
