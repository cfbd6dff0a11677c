/** `init`: a new home with the shipped defaults. */
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import { PROGRAM } from "../program/mod.ts";
import { answerJson, answerText } from "./answer.ts";
import { examples } from "./examples.ts";
import { writeShippedDefaults } from "./shipped_defaults.ts";
import type { RunCommand } from "./setting.ts";

export function declareInit(program: Command, run: RunCommand): void {
  program.command("init")
    .description("write the shipped defaults into the home; one that has configs/ gets nothing added")
    .addHelpText("after", examples("init", "--home ~/agents init"))
    .action(() =>
      run(async (setting) => {
        const written = await writeShippedDefaults(PROGRAM, setting.home);
        if (setting.json) await answerJson(setting.out, { home: setting.home, written: written ?? [] });
        else await answerText(setting.out, describeWritten(setting.home, written));
        return ok(0);
      })
    );
}

/** Also what `start` says about a home that it has just made. */
export function describeWritten(home: string, written: readonly string[] | undefined): string {
  if (written === undefined) return `${home} has configs/ already: nothing written`;
  return [`wrote the shipped defaults into ${home}:`, ...written.map((path) => `  ${path}`)].join("\n");
}
