/** All cells together take more than they may: which of them has to go? A pure decision. */
import { type Fault, fault } from "../contract/fault.ts";
import type { CellId } from "../contract/names.ts";

export interface CellMemory {
  readonly cell: CellId;
  /** Bytes that are its own: resident ones without those that it shares with every other process of the program. */
  readonly own: number;
  /** What its modules may take by their limits. */
  readonly memory_mb: number;
}

/** Of what is resident in any cell: the program's own pages, which the machine has once (some 34 MiB, measured; the rest is a margin). */
const SHARED_BYTES = 33_554_432;
/** What a process with a small module has of its own. */
const PROCESS_BYTES = 33_554_432;

/** What of so many resident bytes is a cell's own. */
export function ownBytes(rss: number): number {
  return Math.max(0, rss - SHARED_BYTES);
}

/** The bytes of all. */
export function sumOf(cells: readonly CellMemory[]): number {
  return cells.reduce((sum, { own }) => sum + own, 0);
}

/**
 * Undefined while all together take no more than `most` bytes. Else the one that is furthest above its fair share, which is a part of `most` as large as its limit is
 * of all limits: a small cell that has grown goes before a large one that was promised more and has not. Of two that are as far above, the larger one. Nobody's share
 * is less than a process takes by itself: ending such a one would free nothing, it would only come back. Where nobody has more than that, nobody goes.
 */
export function overCeiling(cells: readonly CellMemory[], most: number): CellMemory | undefined {
  if (sumOf(cells) <= most) return undefined;
  const promised = cells.reduce((sum, { memory_mb }) => sum + memory_mb, 0);
  const above = ({ own, memory_mb }: CellMemory) => own - Math.max(most * memory_mb / promised, PROCESS_BYTES);
  const [first] = [...cells].sort((a, b) => above(b) - above(a) || b.own - a.own);
  return first !== undefined && above(first) > 0 ? first : undefined;
}

/** Why a cell is not started above the ceiling: the one refusal of a start that is nobody's failure. */
export function noRoom(base: string, found_mb: number, allowed_mb: number): Fault {
  return fault(
    "quota",
    `'${base}' gets no process: all together take ${found_mb} MB, cells_memory_mb allows ${allowed_mb}`,
    { hint: "raise cells_memory_mb in the meta file, or run fewer modules", retriable: true },
  );
}
export function isNoRoom({ code, message, retriable }: Fault): boolean {
  return code === "quota" && retriable && message.includes("cells_memory_mb");
}
