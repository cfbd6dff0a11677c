/** The role `vet`: strips and bundles untrusted source. */
import { runVet } from "../guest/shell/run_vet.ts";

export async function runRole(args: readonly string[]): Promise<number> {
  return await runVet(args);
}

if (import.meta.main) Deno.exit(await runRole(Deno.args));
