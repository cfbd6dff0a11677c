/** `backup`: the whole home into a new folder, with or without a running host. */
import { resolve } from "@std/path";
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { examples } from "./examples.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { PROGRAM_FOLDER, PROGRAM_VERSION } from "./program.ts";
import { progressLine } from "./progress_line.ts";
import { renderBytes } from "./render_bytes.ts";
import { safeLine } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declareBackup(program: Command, run: RunCommand): void {
  program.command("backup")
    .description("copy the whole home into a new folder, while the host runs or not; 'start --home DIR' restores it")
    .argument("<dir>", "a folder outside of the home that is not there yet, or empty")
    .addHelpText("after", examples("backup ~/backups/today", "--home ~/agents backup /mnt/disk/agents --json"))
    .action((dir: string) =>
      run(async ({ home, json, out }) => {
        const { backupHome } = await import("./backup/backup_home.ts"); // brings SQLite along
        const began = performance.now();
        const line = progressLine(!json);
        const interrupt = listenForInterrupt();
        const made = await backupHome({
          home,
          target: resolve(dir),
          program: PROGRAM_FOLDER,
          version: PROGRAM_VERSION,
          signal: interrupt.signal,
          progress: ({ path, done_bytes, all_bytes }) =>
            line.show(`${renderBytes(done_bytes)} of ${renderBytes(all_bytes)}  ${safeLine(path)}`),
        });
        interrupt.forget();
        line.clear();
        if (!made.ok) return made;
        const { folder, manifest } = made.value;
        const bytes = manifest.files.reduce((sum, { size }) => sum + size, 0);
        const { time, files } = manifest;
        if (json) await answerJson(out, { home: manifest.home, folder, time, files: files.length, bytes });
        else {
          const took = ((performance.now() - began) / 1_000).toFixed(1);
          await answerText(
            out,
            `backed up ${manifest.home} into ${folder}: ${files.length} files, ${renderBytes(bytes)}, in ${took} s`,
          );
        }
        return ok(0);
      })
    );
}
