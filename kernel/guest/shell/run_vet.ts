import { vetModule } from "../vet/mod.ts";
import { cellPowers } from "./cell_powers.ts";
import { enterCell } from "./enter_cell.ts";
import { startVetShell } from "./vet_shell.ts";

/**
 * The role `vet`: strips types and bundles untrusted source in this thread, for the kernel that it attaches to. Hosts nothing. Resolves with the exit
 * code when it is told to end, or the host is gone.
 */
export async function runVet(argv: readonly string[]): Promise<number> {
  const entered = await enterCell("vet", argv);
  const { promise, resolve } = Promise.withResolvers<number>();
  startVetShell(entered.args, cellPowers(entered, resolve), vetModule);
  return await promise;
}
