import { cellBase, WARM_CELL } from "../../contract/names.ts";
import { cellPowers } from "./cell_powers.ts";
import { CellShell } from "./cell_shell.ts";
import { enterCell } from "./enter_cell.ts";
import { makeAhead, makeEarly, makeWorker } from "./make_worker.ts";
import { rehearse } from "./rehearse.ts";

/**
 * The role `cell`: gives up what it does not keep, attaches to its kernel, hosts the modules it is told to. Resolves with the exit code when the host
 * stops or is gone.
 */
export async function runCell(argv: readonly string[]): Promise<number> {
  const entered = await enterCell("cell", argv);
  const { args } = entered;
  const { promise, resolve } = Promise.withResolvers<number>();
  new CellShell(args, cellPowers(entered, resolve), makeWorker).start();
  if (cellBase(args.cell) === WARM_CELL) void makeAhead().then(rehearse).catch(() => {}); // what failed is slower later, and no more than that
  else if (args.blank) makeEarly();
  return await promise;
}
