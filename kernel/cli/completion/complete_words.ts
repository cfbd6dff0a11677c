/** What could stand at the end of a command line that is being typed. Pure but for the questions, which only a running host can answer. */
import type { Command, Option } from "commander";
import { LOG_LEVELS } from "../setting.ts";

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What the running host knows. Nothing when there is none, or when it does not answer at once. */
export interface AskNames {
  apis(home: string | undefined): Promise<readonly Candidate[]>;
  /** Entries of the module's tools, which are what is known of its methods. */
  methods(home: string | undefined, api: string): Promise<readonly Candidate[]>;
}

export const SHELLS = ["bash", "zsh", "fish"] as const;

/** `words` follow the program's name; the last one is being typed. Empty where a file could stand, or nothing is known. */
export async function completeWords(
  program: Command,
  words: readonly string[],
  ask: AskNames,
): Promise<readonly Candidate[]> {
  const typed = words.at(-1) ?? "";
  const line = readLine(program, words.slice(0, -1));
  if (line === undefined) return [];
  const found = await candidates(program, line, typed, ask);
  return found.filter(({ value }) => value.startsWith(typed));
}

interface ReadLine {
  readonly command: Command;
  /** Words that are neither commands, options nor values of options. */
  readonly args: readonly string[];
  /** An option that waits for its value. */
  readonly open: Option | undefined;
  readonly home: string | undefined;
}

/** Undefined behind `--`, where nobody knows anything. */
function readLine(program: Command, words: readonly string[]): ReadLine | undefined {
  let command = program;
  let open: Option | undefined;
  let home: string | undefined;
  const args: string[] = [];
  for (const word of words) {
    if (open !== undefined) {
      if (open.long === "--home") home = word;
      open = undefined;
    } else if (word === "--") return undefined;
    else if (word.startsWith("-")) {
      const [flag, value] = word.split("=", 2);
      const option = optionsOf(program, command).find(({ long, short }) => flag === long || flag === short);
      if (option?.long === "--home" && value !== undefined) home = value;
      else if (option?.required && value === undefined) open = option;
    } else {
      const sub = args.length === 0 ? command.commands.find((one) => one.name() === word) : undefined;
      if (sub === undefined) args.push(word);
      else command = sub;
    }
  }
  return { command, args, open, home };
}

function optionsOf(program: Command, command: Command): readonly Option[] {
  return [...command.options, ...command === program ? [] : program.options];
}

async function candidates(
  program: Command,
  { command, args, open, home }: ReadLine,
  typed: string,
  ask: AskNames,
): Promise<readonly Candidate[]> {
  if (open !== undefined) return valuesOf(open);
  if (typed.startsWith("-")) {
    const help = { value: "--help", description: "show this help" };
    return [...optionsOf(program, command).map(({ long, description }) => ({ value: long!, description })), help];
  }
  if (command.commands.length > 0 && args.length === 0) return commandsOf(command);
  const places = command.registeredArguments;
  const place = places[args.length] ?? (places.at(-1)?.variadic ? places.at(-1) : undefined);
  switch (place?.name()) {
    case "api":
    case "name|path":
      return await ask.apis(home);
    case "method":
      return await ask.methods(home, args[0]!);
    case "shell":
      return SHELLS.map((value) => ({ value, description: "" }));
    case "command":
      return commandsOf(args.reduce((at, word) => at.commands.find((one) => one.name() === word) ?? at, program));
    default:
      return [];
  }
}

function commandsOf({ commands }: Command): readonly Candidate[] {
  return commands.map((command) => ({ value: command.name(), description: command.description() }));
}

function valuesOf({ long }: Option): readonly Candidate[] {
  if (long === "--log-level") return LOG_LEVELS.map((value) => ({ value, description: "" }));
  if (long === "--aspect") return ["default", "tool"].map((value) => ({ value, description: "" }));
  return [];
}
