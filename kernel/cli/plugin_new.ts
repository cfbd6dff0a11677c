/** `plugin new`: a module that works, its config and its tests. */
import type { Command } from "commander";
import { fault, ok, refuse } from "../contract/fault.ts";
import type { NewModule } from "../workbench/mod.ts";
import { PROGRAM } from "../program/mod.ts";
import { answerJson, answerText } from "./answer.ts";
import { examples } from "./examples.ts";
import { describeWritten } from "./init.ts";
import { realHomes } from "./real_homes.ts";
import { writeShippedDefaults } from "./shipped_defaults.ts";
import type { RunCommand } from "./setting.ts";

export function declarePluginNew(group: Command, run: RunCommand): void {
  group.command("new")
    .description("write a module that works, its config, its tests, and types for your editor; overwrites nothing")
    .argument("<name>", "its api name, for example notes or services/notes")
    .option("--js", "JavaScript instead of TypeScript")
    .option("--folder", "a folder with mod.ts instead of one file")
    .addHelpText("after", examples("plugin new notes", "plugin new services/notes --folder"))
    .action((name: string, options: { js?: true; folder?: true }) =>
      run(async ({ home, json, out }) => {
        if (options.js && options.folder) {
          return refuse(fault("invalid_argument", "--js and --folder exclude each other: a folder begins with mod.ts"));
        }
        // Else the new config would be the only one, and `start` would add nothing to a home that has some.
        const defaults = await writeShippedDefaults(PROGRAM, home);
        if (defaults !== undefined) out.note(describeWritten(home, defaults));
        const { newModule } = await import("../workbench/mod.ts"); // the other commands do without
        const places = await realHomes(home);
        const made = await newModule(places, { name, shape: options.js ? "js" : options.folder ? "folder" : "ts" });
        if (!made.ok) return made;
        if (json) await answerJson(out, { home: places.home, ...made.value });
        else await answerText(out, describe(name, made.value));
        return ok(0);
      })
    );
}

function describe(name: string, { written, add_to_imports }: NewModule): string {
  const lines = ["wrote", ...written.map((path) => `  ${path}`)];
  if (add_to_imports.length > 0) {
    lines.push(
      'your editor needs more lines in "imports" of deno.json, which is yours:',
      ...add_to_imports.map((line) => `  ${line}`),
    );
  }
  return [...lines, `next: deno task cli plugin check ${name}`].join("\n");
}
