/** `version`: of the program and of what it runs on. */
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { examples } from "./examples.ts";
import { PROGRAM_VERSION } from "./program.ts";
import type { RunCommand } from "./setting.ts";

export function declareVersion(program: Command, run: RunCommand): void {
  program.command("version")
    .description("print the versions of the program, Deno and V8")
    .addHelpText("after", examples("version", "version --json"))
    .action(() =>
      run(async ({ json, out }) => {
        const { deno, v8 } = Deno.version;
        if (json) await answerJson(out, { version: PROGRAM_VERSION, deno, v8 });
        else await answerText(out, `meta-machine ${PROGRAM_VERSION} (deno ${deno}, v8 ${v8})`);
        return ok(0);
      })
    );
}
