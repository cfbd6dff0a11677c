/** What cells on the bench print: a module's lines under its name, everything else under the cell's. */
import type { CellId } from "../../contract/names.ts";
import type { Level } from "../../events/mod.ts";
import { LEVELS } from "../../events/mod.ts";

export interface BenchLine {
  readonly api: string;
  readonly level: Level;
  readonly text: string;
}

export class BenchLog {
  readonly #take: (line: BenchLine) => void;
  readonly #last_words = new Map<CellId, string>();

  constructor(take: (line: BenchLine) => void) {
    this.#take = take;
  }

  line(cell: CellId, stream: "stdout" | "stderr", line: string): void {
    const said = stream === "stdout" ? fromShell(line) : undefined;
    const base = cell.slice(0, cell.lastIndexOf("~"));
    this.#take(said ?? { api: base, level: stream === "stderr" ? "WARNING" : "INFO", text: line });
  }

  dying(cell: CellId, why: string): void {
    this.#last_words.set(cell, why);
  }
  lastWords(cell: CellId): string | undefined {
    return this.#last_words.get(cell);
  }
}

function fromShell(line: string): BenchLine | undefined {
  try {
    const { api, level, text } = JSON.parse(line);
    if (typeof api === "string" && typeof text === "string" && LEVELS.includes(level)) return { api, level, text };
  } catch {
    // not the shell's
  }
  return undefined;
}
