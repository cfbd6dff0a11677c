/** The hands of the ceiling for all cells together: ends the one that has to go, and lets none be started while there is no room. */
import type { Fault } from "./contract/fault.ts";
import type { CellId } from "./contract/names.ts";
import { type Cell, type CellMemory, noRoom, overCeiling, ownBytes, sumOf } from "./cell/mod.ts";
import { limitWords } from "./primitives/limit_words.ts";

export interface CeilingParts {
  readonly cells: () => readonly Cell[];
  /** Ends the process, and tells that this limit was hit. */
  readonly end: (cell: Cell, why: string, hit: { limit: "cells_memory_mb"; found: number; allowed: number }) => void;
}

/** Of the machine's memory, where a meta file says nothing: the rest is for the system, the kernel and whatever else runs there. */
const PART_OF_MACHINE = 3 / 4;
const MIB = 1_048_576;

/** MiB for all cells; infinite where neither a meta file nor the watchdog knows. */
export function cellsMemory(configured_mb: number, machine_mb: number | undefined): number {
  if (configured_mb > 0) return configured_mb;
  return machine_mb === undefined ? Infinity : Math.floor(machine_mb * PART_OF_MACHINE);
}

export class MemoryCeiling {
  readonly #parts: CeilingParts;
  readonly #most_mb: number;
  /** Were told to end and have not yet: what they take is free soon. */
  readonly #ending = new Set<CellId>();

  constructor(most_mb: number, parts: CeilingParts) {
    this.#most_mb = most_mb;
    this.#parts = parts;
  }

  /** A cell has told its figures. */
  look(): void {
    if (this.#most_mb === Infinity) return;
    const cells = this.#memories();
    const victim = overCeiling(cells, this.#most_mb * MIB);
    const cell = this.#parts.cells().find(({ id }) => id === victim?.cell);
    if (cell === undefined) return;
    this.#ending.add(cell.id);
    const [found, allowed] = [Math.ceil(sumOf(cells) / MIB), this.#most_mb];
    const why = `${limitWords("cells_memory_mb", found, allowed)}; this process took ${
      Math.ceil(victim!.own / MIB)
    } of them, the most above its share`;
    this.#parts.end(cell, why, { limit: "cells_memory_mb", found, allowed });
  }

  /** Why no cell may be started now. */
  refuse(base: string): Fault | undefined {
    if (this.#most_mb === Infinity) return undefined;
    const found = Math.ceil(sumOf(this.#memories()) / MIB);
    return found < this.#most_mb ? undefined : noRoom(base, found, this.#most_mb);
  }

  #memories(): CellMemory[] {
    const cells = this.#parts.cells();
    for (const id of this.#ending) if (!cells.some((cell) => cell.id === id)) this.#ending.delete(id);
    return cells.filter(({ id }) => !this.#ending.has(id))
      .map(({ id, figures, memory_mb }) => ({ cell: id, own: ownBytes(figures.rss), memory_mb }));
  }
}
