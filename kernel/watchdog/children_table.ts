/** The cells: the truth about their processes. It starts them, drains their pipes, kills them and tells what became of them. */
import type { FromWatchdog, StartCell } from "../contract/channel.ts";
import { cellBase, type CellId, VET_CELL, WARM_CELL } from "../contract/names.ts";
import { toHex } from "../primitives/hex.ts";
import { buildCommand, type Places } from "./build_command.ts";
import { CELL_LINE_BYTES, CELL_LOG_BOUNDS, logBudget } from "./log_budget.ts";
import { type LineSink, type Process, startProcess } from "./start_process.ts";
import { within } from "./within.ts";

interface Cell {
  readonly process: Process;
  readonly token: string;
  /** Why it was killed, when it was. */
  reason?: string;
  /** Whose it is, when it was started blank and has been given to a module. */
  base?: string;
}

export interface ChildrenTable {
  /** Every order is answered: with `cells`, which has the new one, or with its `exited`. */
  start(order: StartCell): void;
  kill(cell: CellId, reason: string): void;
  /** A blank cell is given to a module, once; another name later is a slip that changes nothing. */
  name(cell: CellId, base: string): void;
  cells(): FromWatchdog & { t: "cells" };
  /** Kills all that live and resolves when they are dead. */
  killAll(reason: string): Promise<void>;
  /** Resolves when no cell lives, or after `ms`. */
  empty(ms: number): Promise<void>;
}

export interface ChildrenPowers {
  readonly places: Places;
  readonly env: Readonly<Record<string, string>>;
  /** To the leading kernel, or to be kept for the next one. */
  tell(message: FromWatchdog): void;
  log(level: "INFO" | "WARNING", message: string): void;
}

export function childrenTable({ places, env, tell, log }: ChildrenPowers): ChildrenTable {
  const table = new Map<CellId, Cell>();
  const cells = () => ({
    t: "cells" as const,
    cells: [...table].map(([cell, { process, token, base }]) => {
      return { cell, pid: process.pid, token, ...(base !== undefined && { base }) };
    }),
  });

  const start = (order: StartCell) => {
    const { cell } = order;
    if (table.has(cell)) return log("WARNING", `cell ${cell} was ordered twice; the first one goes on`);
    const refusal = startCell(order);
    if (refusal === undefined) return tell(cells());
    log("WARNING", refusal);
    tell({ t: "exited", cell, code: null, signal: null, reason: refusal });
  };

  /** Undefined when it runs. */
  const startCell = (order: StartCell): string | undefined => {
    const { cell } = order;
    const command = buildCommand(places, order);
    if (!command.ok) return `${command.fault.message}; ${command.fault.hint}`;
    const sinks = { stdout: cellLog(cell, "stdout", tell), stderr: cellLog(cell, "stderr", tell) };
    let process: Process;
    try {
      makeOwnFolders(places.home, order);
      process = startProcess(command.value, env, sinks, { behind: cellBase(cell) !== VET_CELL });
    } catch (error) {
      return `Cannot start cell ${cell}: ${(error as Error).message}`;
    }
    const token = toHex(crypto.getRandomValues(new Uint8Array(32)));
    // Its stdin stays open: the end of that tells it that this process has died.
    process.write(token + "\n");
    const entry: Cell = { process, token };
    table.set(cell, entry);
    void process.ended.then((ending) => {
      table.delete(cell);
      sinks.stdout.finish();
      sinks.stderr.finish();
      tell({ t: "exited", cell, ...ending, ...(entry.reason !== undefined && { reason: entry.reason }) });
    });
    return undefined;
  };

  const kill = (cell: CellId, reason: string) => {
    const entry = table.get(cell);
    // Dead already: its `exited` is on its way or was told.
    if (entry === undefined) return;
    entry.reason ??= reason;
    entry.process.kill();
  };

  const name = (cell: CellId, base: string) => {
    const entry = table.get(cell);
    if (entry === undefined || entry.base !== undefined || cellBase(cell) !== WARM_CELL) return;
    entry.base = base;
    // A kernel that is about to take over was told of it as blank.
    tell(cells());
  };

  const allEnded = () => Promise.all([...table.values()].map(({ process }) => process.ended));
  return {
    start,
    kill,
    name,
    cells,
    killAll: async (reason) => {
      for (const cell of table.keys()) kill(cell, reason);
      await allEnded();
    },
    empty: (ms) => within(ms, allEnded()),
  };
}

/** No other process may write in `runtime/files`, so nobody else could make a cell's own folder there. */
function makeOwnFolders(home: string, order: StartCell): void {
  for (const { path, mode } of order.folders) {
    if (mode === "rw" && path.startsWith("runtime/files/")) {
      Deno.mkdirSync(`${home}/${path}`, { recursive: true, mode: 0o700 });
    }
  }
}

/** One pipe of a cell, cut to what its kernel can bear. */
function cellLog(
  cell: CellId,
  stream: "stdout" | "stderr",
  tell: (message: FromWatchdog) => void,
): LineSink & { finish(): void } {
  const budget = logBudget(CELL_LOG_BOUNDS);
  const say = (line: string) => tell({ t: "log", cell, stream, line });
  const sayDropped = (count: number) => {
    const { lines, bytes } = CELL_LOG_BOUNDS;
    if (count > 0) say(`${count} lines were dropped: a second may bring ${lines} lines and ${bytes} bytes`);
  };
  return {
    cap_bytes: CELL_LINE_BYTES,
    take: (line, cut) => {
      const { pass, dropped } = budget.spend(line.length, performance.now());
      sayDropped(dropped);
      if (pass) say(cut ? `${line} … (cut at ${CELL_LINE_BYTES} bytes)` : line);
    },
    finish: () => sayDropped(budget.rest()),
  };
}
