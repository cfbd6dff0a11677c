/**
 * Blank processes that wait for a module, so that it needs not wait for one. Started with no permission and the default limits, one after the other, and
 * only while no other process is being started.
 */
import type { ToWatchdog } from "../contract/channel.ts";
import { DEFAULT_LIMITS } from "../contract/limits.ts";
import { WARM_CELL } from "../contract/names.ts";
import type { Clock } from "../contract/powers.ts";
import type { Semaphore } from "../primitives/semaphore.ts";
import type { Cell } from "./cell.ts";
import { type CellNeeds } from "./cell_needs.ts";
import type { CellTable } from "./cell_table.ts";

export interface WarmOptions {
  readonly cells: Pick<CellTable, "start" | "hold" | "end">;
  readonly watchdog: { send(message: ToWatchdog): void };
  readonly clock: Clock;
  readonly starting: Semaphore;
  /** How many are kept. */
  readonly count: number;
}

const { memory_mb, heap_mb } = DEFAULT_LIMITS;
const NEEDS: CellNeeds = Object.freeze({ folders: [], net: [], limits: { memory_mb, heap_mb } });
/** Between two looks whether one may be started: those that somebody waits for go first. */
const LOOK_MS = 100;
/** After one that could not be started, or died blank. */
const AFTER_FAILURE_MS = 5_000;

export class WarmCells {
  readonly #options: WarmOptions;
  readonly #cells: Cell[] = [];
  #starting = false;
  #open = false;
  #cancel: () => void = () => {};

  constructor(options: WarmOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#cells.length;
  }

  /** From now on there are as many as asked for, as soon as that may be. */
  open(): void {
    this.#open = true;
    this.#fillIn(0);
  }

  /**
   * One for a module with these needs, in its name from then on and held for it; undefined when there is none, or when it needs another: what a process may
   * do, and its heap, are fixed at its start.
   */
  take(base: string, { folders, net, any_net, limits }: CellNeeds): Cell | undefined {
    const blank = folders.length + net.length === 0 && any_net === undefined;
    if (!blank || limits.memory_mb !== memory_mb || limits.heap_mb !== heap_mb) return undefined;
    const cell = this.#cells.shift();
    if (cell === undefined) return undefined;
    cell.base = base.replaceAll("/", ".");
    this.#options.watchdog.send({ t: "name", cell: cell.id, base: cell.base });
    this.#fillIn(LOOK_MS);
    return cell;
  }

  /** One that outlived a former kernel and is blank still. */
  adopt(cell: Cell): void {
    const { cells, count } = this.#options;
    if (this.#cells.length >= count) return void cells.end(cell, "enough processes are kept warm");
    cells.hold(cell);
    this.#cells.push(cell);
  }

  exited(cell: Cell): void {
    const at = this.#cells.indexOf(cell);
    if (at === -1) return;
    this.#cells.splice(at, 1);
    this.#fillIn(AFTER_FAILURE_MS);
  }

  /** No timer of it runs any more, and none is started. */
  dispose(): void {
    this.#open = false;
    this.#cancel();
  }

  #fillIn(ms: number): void {
    this.#cancel();
    if (this.#open && this.#cells.length < this.#options.count) {
      this.#cancel = this.#options.clock.after(ms, () => void this.#fill());
    }
  }

  async #fill(): Promise<void> {
    const { cells, starting } = this.#options;
    if (this.#starting) return;
    if (starting.busy) return this.#fillIn(LOOK_MS);
    this.#starting = true;
    const started = await starting.run(() => cells.start(WARM_CELL, NEEDS));
    this.#starting = false;
    if (!started.ok) return this.#fillIn(AFTER_FAILURE_MS);
    if (!this.#open) return void cells.end(started.value, "no process is kept warm any more");
    this.#cells.push(started.value);
    this.#fillIn(0);
  }
}
