/** The program as commander knows it: global options, and one file for each command. */
import { Command, Option } from "commander";
import { declareApprovals } from "./approvals.ts";
import { declareBackup } from "./backup.ts";
import { declareBracket } from "./bracket.ts";
import { declareCall } from "./call.ts";
import { declareCompletion } from "./completion.ts";
import { declareDisable } from "./disable.ts";
import { declareDoctor } from "./doctor.ts";
import { declareEnable } from "./enable.ts";
import { declareEvents } from "./events.ts";
import { examples } from "./examples.ts";
import { declareHelp } from "./help.ts";
import { declareGrants } from "./grants.ts";
import { declareInit } from "./init.ts";
import { declareLogs } from "./logs.ts";
import { declareMcp } from "./mcp.ts";
import { parseLogLevel } from "./parse_log_level.ts";
import { declarePackages } from "./packages.ts";
import { declarePlugin } from "./plugin.ts";
import { declareProposals } from "./proposals.ts";
import { PROGRAM_VERSION } from "./program.ts";
import { declareQuarantine } from "./quarantine.ts";
import { declareReload } from "./reload.ts";
import type { RunCommand } from "./setting.ts";
import { declareStart } from "./start.ts";
import { declareState } from "./state.ts";
import { declareStatus } from "./status.ts";
import { declareStop } from "./stop.ts";
import { declareUpgrade } from "./upgrade.ts";
import { declareToken } from "./token.ts";
import { declareTool } from "./tool.ts";
import { declareTools } from "./tools.ts";
import { declareVersion } from "./version.ts";

/** In the order in which help lists them. */
const COMMANDS: readonly ((program: Command, run: RunCommand) => void)[] = [
  declareInit,
  declareStart,
  declareStop,
  declareUpgrade,
  declareStatus,
  declareCall,
  declareTools,
  declareTool,
  declareMcp,
  declareApprovals,
  declareToken,
  declareProposals,
  declareBracket,
  declareLogs,
  declareEvents,
  declareReload,
  declareEnable,
  declareDisable,
  declareQuarantine,
  declareGrants,
  declarePackages,
  declareBackup,
  declarePlugin,
  declareState,
  declareDoctor,
  declareCompletion,
  declareVersion,
  declareHelp,
];

/** Where commander's own texts go. */
export interface ProgramTexts {
  answer(text: string): void;
  note(text: string): void;
}

/** Throws CommanderError instead of ending the process. */
export function declareProgram(run: RunCommand, texts: ProgramTexts): Command {
  const program = new Command("meta-machine");
  program
    .description("An operating system for AI agents: modules it does not trust, connected by a kernel that grants.")
    .addOption(
      new Option("--home <dir>", "the folder with configs/, plugins/ and the data").default(".", "the current folder"),
    )
    .option("--json", 'one JSON document on stdout; faults as {"error": {…}}')
    .addOption(
      new Option("--log-level <level>", "DEBUG, INFO, WARNING, ERROR or CRITICAL").default("DEBUG").argParser(
        parseLogLevel,
      ),
    )
    .version(PROGRAM_VERSION, "-V, --version", "print the program's version")
    .helpOption("-h, --help", "show this help")
    .helpCommand(false)
    .configureOutput({ writeOut: texts.answer, writeErr: texts.note, outputError: (text, write) => write(text) })
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText("after", examples("status", `call filesystem list '"."' --json`, "help call"));
  for (const declare of COMMANDS) declare(program, run);
  return program;
}
