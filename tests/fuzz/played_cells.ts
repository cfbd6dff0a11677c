/** The cells that a test plays itself: the kernel orders them like all others, and the test is their process. */
import type { FromWatchdog } from "../../kernel/contract/channel.ts";
import type { CellId } from "../../kernel/contract/names.ts";

export interface PlayedCell {
  readonly cell: CellId;
  readonly token: string;
  /** Why the kernel had it killed, once it has. */
  killed: string | undefined;
}

export class PlayedCells {
  readonly #cells = new Map<CellId, PlayedCell>();
  readonly #tell: (message: FromWatchdog) => void;
  /** Reasons of all kills so far. */
  readonly kills: string[] = [];
  /** Told of each that the kernel ordered. */
  ordered: (cell: PlayedCell) => void = () => {};

  constructor(tell: (message: FromWatchdog) => void) {
    this.#tell = tell;
  }

  get(cell: CellId): PlayedCell | undefined {
    return this.#cells.get(cell);
  }

  /** From now on the kernel knows a process of this name. */
  announce(cell: CellId): PlayedCell {
    const played = { cell, token: crypto.getRandomValues(new Uint8Array(32)).toHex(), killed: undefined };
    this.#cells.set(cell, played);
    this.#tell({ t: "cells", cells: [{ cell, pid: 1_000_000, token: played.token }] });
    return played;
  }
  order(cell: CellId): void {
    this.ordered(this.announce(cell));
  }
  kill(cell: CellId, reason: string): void {
    const played = this.#cells.get(cell);
    if (played === undefined) return;
    played.killed ??= reason;
    this.kills.push(reason);
    this.end(cell, { signal: "SIGKILL", reason });
  }
  /** Its process has ended, by itself or by force. */
  end(cell: CellId, { signal = null, reason }: { signal?: string | null; reason?: string } = {}): void {
    if (!this.#cells.delete(cell)) return;
    const how = { code: signal === null ? 0 : null, signal, ...(reason !== undefined && { reason }) };
    this.#tell({ t: "exited", cell, ...how });
  }
}
