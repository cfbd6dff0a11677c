/** `start`: the host, in the foreground and in this very process. */
import type { Command } from "commander";
import { ok, refuse } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { examples } from "./examples.ts";
import { describeWritten } from "./init.ts";
import { PROGRAM } from "../program/mod.ts";
import { PROGRAM_VERSION } from "./program.ts";
import { sharedFolder } from "./shared_folder.ts";
import { writeShippedDefaults } from "./shipped_defaults.ts";
import type { RunCommand } from "./setting.ts";

export function declareStart(program: Command, run: RunCommand): void {
  program.command("start")
    .description("run the host in the foreground; a home without configs/ gets the shipped defaults; Ctrl-C ends it")
    .addHelpText("after", examples("start", "--home ~/agents start", "start --log-level WARNING"))
    .action(() =>
      run(async ({ home, json, log_level, out }) => {
        const written = await writeShippedDefaults(PROGRAM, home);
        if (written !== undefined) out.note(describeWritten(home, written));
        let refused = await sharedFolder(home);
        if (refused !== undefined) return refuse(refused);
        const { runWatchdog } = await import("../watchdog/mod.ts"); // the other commands do without
        const code = await runWatchdog({
          home,
          program: PROGRAM.folder,
          ...PROGRAM.form !== "sources" && { one_file: PROGRAM.form },
          version: PROGRAM_VERSION,
          log_level,
          on_ready({ modules, control }) {
            const said = json
              ? answerJson(out, { modules, control, pid: Deno.pid })
              : answerText(out, `ready: ${modules} modules, control ${control}`);
            said.catch(() => {}); // a host whose first line nobody reads goes on all the same
          },
          on_refused: (fault) => refused = fault,
        });
        return refused === undefined ? ok(code === 0 ? 0 : 1) : refuse(refused);
      })
    );
}
