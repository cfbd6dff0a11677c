import type { CellId } from "../../contract/names.ts";
import { cellPowers } from "../shell/cell_powers.ts";
import { CellShell } from "../shell/cell_shell.ts";
import { type MakeObject, openInstance } from "./open_instance.ts";

export interface OpenCellOptions {
  readonly cell: CellId;
  readonly token: string;
  /** The kernel's published socket. */
  readonly socket: string;
  readonly make: MakeObject;
  /** Called once, when its kernel told it to end. */
  readonly ended: () => void;
}

/** More than any machine has: this process is not to be killed for what a test does. */
const NO_BOUND_MB = 1_000_000_000;

/** It is its own parent. */
const NEVER = new Promise<void>(() => {});

/** A cell inside this process: it attaches like every other, and hosts objects in the place of Workers. Ends when its kernel says so. */
export function startOpenCell({ cell, token, socket, make, ended }: OpenCellOptions): void {
  const args = { cell, socket, keeps: { read: [], write: [], net: [] }, blank: false, memory_mb: NO_BOUND_MB };
  const powers = {
    ...cellPowers({ args, token, hung_up: NEVER }, ended),
    stdout: () => Promise.resolve(),
    stderr: () => {},
    kill: () => {},
  };
  new CellShell(args, powers, (order, listener) => Promise.resolve(openInstance(order, listener, make))).start();
}
