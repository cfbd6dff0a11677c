/** The role `cell`: hosts modules. Its own entry file, since whatever a process could import costs memory in each of many. */
import { runCell } from "../guest/shell/run_cell.ts";

export async function runRole(args: readonly string[]): Promise<number> {
  return await runCell(args);
}

if (import.meta.main) Deno.exit(await runRole(Deno.args));
