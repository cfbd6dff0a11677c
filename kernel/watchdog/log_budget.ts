/** A cell's pipes are always drained, however much it writes; what goes on to the kernel is bounded. */

export interface LogBounds {
  readonly lines: number;
  readonly bytes: number;
}

/** Per cell and second: a flood would take the kernel's loop and fill the disk. */
export const CELL_LOG_BOUNDS: LogBounds = Object.freeze({ lines: 1_000, bytes: 1_048_576 });
/** A longer line of a cell is cut. */
export const CELL_LINE_BYTES = 16_384;

export interface LogBudget {
  /** Whether a line may go on; `dropped` counts those that might not, told once when a new second begins. */
  spend(bytes: number, now: number): { readonly pass: boolean; readonly dropped: number };
  /** Those that were not told yet. */
  rest(): number;
}

export function logBudget(bounds: LogBounds): LogBudget {
  let second_began = -Infinity;
  let lines = 0;
  let spent = 0;
  let dropped = 0;
  const tell = () => {
    const told = dropped;
    dropped = 0;
    return told;
  };
  return {
    spend: (bytes, now) => {
      let told = 0;
      if (now - second_began >= 1_000) {
        [second_began, lines, spent] = [now, 0, 0];
        told = tell();
      }
      const pass = lines < bounds.lines && spent + bytes <= bounds.bytes;
      if (pass) {
        lines++;
        spent += bytes;
      } else dropped++;
      return { pass, dropped: told };
    },
    rest: tell,
  };
}
