/**
 * Kernel and watchdog: JSON lines over the kernel's stdin and stdout, closed sets both ways. The watchdog obeys requests that
 * change the world only from the leading kernel.
 */
import type { LogRecord } from "./control.ts";
import type { CellId } from "./names.ts";

/** What a cell may be started with; the watchdog builds the command line from its own table (kernel/watchdog). */
export interface StartCell {
  readonly t: "start_cell";
  readonly cell: CellId;
  /** Relative to the home, without `..`, `,` or control characters. */
  readonly folders: readonly { readonly path: string; readonly mode: "r" | "rw" }[];
  /** `host:port`, one pattern. */
  readonly net: readonly string[];
  /** Any address: for the cell of the shipped http service alone, which checks each before it connects. Then `folders` and `net` are empty. */
  readonly any_net?: true;
  readonly limits: { readonly memory_mb: number; readonly heap_mb: number };
}

export type ToWatchdog =
  | StartCell
  | { readonly t: "kill"; readonly cell: CellId; readonly reason: string }
  /** A blank cell is a module's from now on: should this kernel die, the next one has it from the watchdog whose it is. */
  | { readonly t: "name"; readonly cell: CellId; readonly base: string }
  | { readonly t: "cells" }
  /** The leading kernel wishes to hand over to this version; `upgrade`: to the same one, as the program now stands on disk. */
  | { readonly t: "start_successor"; readonly meta: string; readonly hash: string; readonly upgrade?: true }
  /** A successor has constructed its Kernel and asks for the state. */
  | { readonly t: "take_over" }
  /** The leading kernel's answer to `state`; null when it can't tell it now. */
  | { readonly t: "state"; readonly state: unknown }
  /** A successor has the state, and its sockets are published. */
  | { readonly t: "imported" }
  /** A former kernel has nothing left to do; a successor (`why`) can't take over, `again` for no fault of its version's. */
  | { readonly t: "leave"; readonly why?: string; readonly again?: true }
  /** Its loop turns. A kernel that does not say so is stuck. */
  | { readonly t: "alive" }
  | { readonly t: "stop" }
  /** One variable, only a name that some config binds as a secret. */
  | { readonly t: "env"; readonly name: string }
  | { readonly t: "order"; readonly kind: string; readonly body: unknown }
  /** Which meta file this kernel was loaded from; the watchdog passes over one that dies early three times. */
  | { readonly t: "booting"; readonly meta: string; readonly hash: string }
  /** From now on the watchdog's own log is put aside at so many bytes, and so many files stay aside. */
  | { readonly t: "log_bounds"; readonly max_bytes: number; readonly keep: number }
  /** Serving: the watchdog publishes the address and `start` prints its line. */
  | { readonly t: "ready"; readonly modules: number };

export type FromWatchdog =
  | Hello
  | {
    readonly t: "cells";
    /** `base`: the name that a blank cell was given. */
    readonly cells: readonly {
      readonly cell: CellId;
      readonly pid: number;
      readonly token: string;
      readonly base?: string;
    }[];
  }
  | {
    readonly t: "exited";
    readonly cell: CellId;
    readonly code: number | null;
    readonly signal: string | null;
    readonly reason?: string;
  }
  /** What the watchdog wrote into its own log, for the log that operators read. */
  | { readonly t: "said"; readonly time: string; readonly level: LogRecord["level"]; readonly message: string }
  | { readonly t: "log"; readonly cell: CellId; readonly stream: "stdout" | "stderr"; readonly line: string }
  /** To the leading kernel (null): tell your state, a successor is there. To the successor: that state. */
  | { readonly t: "state"; readonly state: unknown }
  /**
   * Who leads from now on. `why`: it leads still, since its successor could not; `again`: for no fault of that version's. `alone`: no former kernel is left
   * beside it.
   */
  | { readonly t: "lead"; readonly epoch: number; readonly why?: string; readonly again?: true; readonly alone?: true }
  | { readonly t: "env"; readonly name: string; readonly value: string | null }
  /** End in order: drain, stop modules, leave; `ms` is all the time there is. */
  | { readonly t: "drain"; readonly ms: number };

/** The first line a kernel reads. All paths absolute and real. */
export interface Hello {
  readonly t: "hello";
  readonly epoch: number;
  /** Meta files (base name → hash) to pass over. */
  readonly pass_over: readonly { readonly meta: string; readonly hash: string }[];
  readonly home: string;
  readonly program: string;
  /** The 0700 folder of the sockets: `<home>/runtime/run` or a short one elsewhere. */
  readonly run: string;
  readonly version: string;
  readonly log_level: string;
  readonly watchdog_pid: number;
  /** MiB of memory that the machine has, or that this host may use of it. */
  readonly machine_mb?: number;
  /** Of the watchdog that says hello: a newer build of the program reads whether it still speaks this. */
  readonly protocol: number;
  /** It is to take over from the kernel that leads, with this version and no other. */
  readonly successor?: { readonly meta: string; readonly hash: string };
  /** A former kernel still finishes its calls; `lead` says when it has left. */
  readonly beside_former?: true;
}

/** Of this channel and the cells' wire. A build of the program with another number can't take over from this one: the host has to be started anew. */
export const PROTOCOL = 3;

/** A longer line of a kernel is no message. */
export const LINE_BYTES = 4_194_304;

/** A kernel says `alive` this often; the watchdog kills one that has been silent for so long: its loop is stuck. */
export const ALIVE = Object.freeze({ every_ms: 2_000, silent_ms: 10_000 });

/** Socket names in the run folder. Cells only ever know `k.sock`. */
export function kernelSocket(run: string, epoch: number): string {
  return `${run}/k.${epoch}.sock`;
}
export function publishedKernelSocket(run: string): string {
  return `${run}/k.sock`;
}
export function controlSocket(run: string, epoch: number): string {
  return `${run}/c.${epoch}.sock`;
}
export function publishedControlSocket(run: string): string {
  return `${run}/control.sock`;
}
