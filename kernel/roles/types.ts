/** The role `types`: checks the types of untrusted source. */
import { runTypes } from "../workbench/types/run_types.ts";

export async function runRole(): Promise<number> {
  return await runTypes();
}

if (import.meta.main) Deno.exit(await runRole());
