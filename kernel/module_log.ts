/** What modules say reaches the log under their names: lines of a cell's stdout are its shell's, stderr is the process's own. */
import { type ApiName, cellBase, type CellId } from "./contract/names.ts";
import type { Plan } from "./contract/spec.ts";
import type { HostLog, Level } from "./events/mod.ts";
import { LEVELS } from "./events/mod.ts";
import { apisOfCells } from "./lifecycle/mod.ts";
import { pathsOf, realPositions } from "./loader/mod.ts";

/** Lines of each module that are remembered, for when it dies. */
const LINES = 5;

export class ModuleLog {
  readonly #log: HostLog;
  readonly #home: string;
  readonly #plan: () => Plan;
  /** Whose a cell is. */
  readonly #base: (cell: CellId) => string;
  /** Why a cell said it would end itself. */
  readonly #last_lines = new Map<string, readonly string[]>();
  readonly #last_words = new Map<CellId, string>();

  constructor(log: HostLog, home: string, plan: () => Plan, base: (cell: CellId) => string = cellBase) {
    this.#log = log;
    this.#home = home;
    this.#plan = plan;
    this.#base = base;
  }

  say(level: Level, api: string, message: string): void {
    const lines = this.#last_lines.get(api) ?? [];
    this.#last_lines.set(api, [...lines.slice(1 - LINES), message]);
    this.#log.write(level, api, this.inRealPaths(message));
  }

  line(cell: CellId, stream: "stdout" | "stderr", line: string): void {
    const base = this.#base(cell);
    const said = stream === "stdout" ? fromShell(line) : undefined;
    // Whose name stands on the line is the cell's word: another's name on it would be a lie.
    if (said !== undefined && this.#livesIn(base, said.api)) return this.say(said.level, said.api, said.text);
    const [only, second] = this.apisIn(base);
    this.#log.write(stream === "stderr" ? "WARNING" : "INFO", second === undefined ? only! : base, line);
  }

  /** The last lines of a module's log, as far as this kernel wrote them. */
  lastLines(api: string): readonly string[] {
    return this.#last_lines.get(api) ?? [];
  }

  dying(cell: CellId, why: string): void {
    this.#last_words.set(cell, why);
  }
  /** Asked once, when it has ended. */
  lastWords(cell: CellId): string | undefined {
    const words = this.#last_words.get(cell);
    this.#last_words.delete(cell);
    return words;
  }

  /** Modules of the cells of that name: a cell's name is no api's (`a/b` lives in `a.b`), and what happens to it is sought under theirs. */
  apisIn(base: string): readonly string[] {
    const found = apisOfCells(this.#plan(), [base]);
    return found.length > 0 ? found : [base];
  }

  #livesIn(base: string, api: string): boolean {
    return api.replaceAll("/", ".") === base || this.#plan().modules.get(api as ApiName)?.spec.cell === base;
  }

  /** Names of modules' files as a person finds them. */
  inRealPaths(text: string): string {
    if (!text.includes("plugin:///")) return text;
    const sources = new Map([...this.#plan().modules.values()].map(({ spec, source }) => [spec.api as string, source]));
    return realPositions(text, pathsOf(sources, this.#home));
  }
}

function fromShell(line: string): { api: string; level: Level; text: string } | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const { api, level, text } = JSON.parse(line);
    if (typeof api === "string" && typeof text === "string" && LEVELS.includes(level)) return { api, level, text };
  } catch {
    // not the shell's
  }
  return undefined;
}
