/** `help`: the same text as `--help`, for people who ask first. */
import type { Command } from "commander";

export function declareHelp(program: Command): void {
  program.command("help")
    .description("show help for the program or for a command")
    .argument("[command...]", "for example 'call' or 'quarantine lift'")
    .action((words: string[]) => findCommand(program, words).outputHelp());
}

/** Ends like any unknown command, with a suggestion. */
function findCommand(program: Command, words: readonly string[]): Command {
  let found = program;
  for (const word of words) {
    const next = found.commands.find((command) => command.name() === word);
    if (next === undefined) found.parse([word], { from: "user" }); // throws
    else found = next;
  }
  return found;
}
