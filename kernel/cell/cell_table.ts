/** All cells: asked of the watchdog, attached by proof, shared, ended in order. The watchdog's word is the truth about processes. */
import { type Fault, fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { FromWatchdog, ToWatchdog } from "../contract/channel.ts";
import { type CellId, cellId } from "../contract/names.ts";
import type { Clock, Connection, Randomness } from "../contract/powers.ts";
import { LinkAcceptor } from "./accept_link.ts";
import { Cell } from "./cell.ts";
import type { CellLink } from "./cell_link.ts";
import type { CellListener } from "./cell_listener.ts";
import { type CellNeeds, covers } from "./cell_needs.ts";
import { hearLink } from "./hear_link.ts";

export interface CellTableOptions {
  readonly clock: Clock;
  readonly random: Randomness;
  readonly epoch: number;
  readonly watchdog: { send(message: ToWatchdog): void };
  readonly listener: CellListener;
  /** Why no process may be started now. */
  readonly refuse?: (base: string) => Fault | undefined;
}

/** A process that was started must attach within this; so must one that outlived a former kernel. */
const ATTACH_MS = 10_000;
/** After `bye` a cell has so long before it is killed. */
const BYE_MS = 1_000;

interface Shared {
  readonly starting: Promise<Result<Cell>>;
  /** What it was started with: a module that needs more gets another process. */
  readonly needs: CellNeeds;
  cell: Cell | undefined;
}

export class CellTable {
  readonly #options: CellTableOptions;
  readonly #acceptor: LinkAcceptor;
  readonly #cells = new Map<CellId, Cell>();
  readonly #tokens = new Map<CellId, string>();
  readonly #shared = new Map<string, Shared>();
  /** How many hold the cell: modules that sit in it or are about to. With the last one it ends. */
  readonly #holders = new Map<Cell, number>();
  readonly #attaching = new Map<CellId, (outcome: Result<void>) => void>();
  readonly #leaving = new Map<CellId, { readonly gone: Promise<void>; readonly left: () => void }>();
  #number = 0;
  #closed = false;
  /** Another kernel leads: processes are its affair. */
  #retired = false;

  constructor(options: CellTableOptions) {
    this.#options = options;
    this.#acceptor = new LinkAcceptor({
      ...options,
      tokenOf: (cell) => this.#tokens.get(cell),
      attached: (cell, link) => this.#attached(cell, link),
    });
  }

  accept(connection: Connection): void {
    this.#acceptor.accept(connection);
  }
  get(id: CellId): Cell | undefined {
    return this.#cells.get(id);
  }
  all(): readonly Cell[] {
    return [...this.#cells.values()];
  }

  /** A new process, held by who asked; resolves when it has attached and reported. */
  async start(base: string, needs: CellNeeds): Promise<Result<Cell>> {
    const { epoch, clock, watchdog } = this.#options;
    const stops = fault("cancelled", `cell '${base}' is not started: the host stops`);
    const why_not = this.#closed ? stops : this.#options.refuse?.(base);
    if (why_not !== undefined) return refuse(why_not);
    const cell = new Cell(cellId(base, epoch * 1_000_000 + ++this.#number), clock, needs.limits);
    this.#cells.set(cell.id, cell);
    const attached = this.#awaitAttached(cell);
    watchdog.send({ t: "start_cell", cell: cell.id, ...needs });
    const outcome = await attached;
    if (outcome.ok) this.hold(cell);
    return outcome.ok ? ok(cell) : outcome;
  }

  /** The cell under a shared name, if it was started with enough for this module; else a new one for `all`. All who ask at once get the same. */
  async share(name: string, needs: CellNeeds, all: CellNeeds): Promise<Result<Cell>> {
    let shared = this.#shared.get(name);
    const fits = shared !== undefined && covers(shared.needs, needs) && !shared.cell?.gone() &&
      !(shared.cell !== undefined && this.#leaving.has(shared.cell.id));
    if (!fits) {
      const made: Shared = { starting: this.start(name, all), needs: all, cell: undefined };
      this.#shared.set(name, shared = made);
      void made.starting.then((started) => {
        if (started.ok) made.cell = started.value;
        else if (this.#shared.get(name) === made) this.#shared.delete(name);
      });
    }
    const started = await shared!.starting;
    if (!started.ok || !fits) return started;
    const cell = started.value;
    // Whoever held it may have given it back in the meantime.
    if (cell.gone() || this.#leaving.has(cell.id)) return await this.share(name, needs, all);
    this.hold(cell);
    return started;
  }

  /** One more module sits in this cell. */
  hold(cell: Cell): void {
    this.#holders.set(cell, (this.#holders.get(cell) ?? 0) + 1);
  }
  /** One less; with the last one the cell ends, and then this resolves when it is gone. */
  async release(cell: Cell, why: string, how: { readonly unheard?: boolean } = {}): Promise<void> {
    const left = (this.#holders.get(cell) ?? 0) - 1;
    if (left > 0) this.#holders.set(cell, left);
    else await this.end(cell, why, how);
  }

  /**
   * Asks it to end, and kills it when it does not. Resolves when it is gone; asked twice it is the same end. One whose answers may not have been heard
   * (`unheard`) is killed at once: an end in order would tell the next kernel that nothing of it is missed.
   */
  end(cell: Cell, why: string, { unheard = false }: { readonly unheard?: boolean } = {}): Promise<void> {
    if (cell.gone() || this.#retired) return Promise.resolve();
    const leaving = this.#leaving.get(cell.id);
    if (leaving !== undefined) return leaving.gone;
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.clock.after(BYE_MS, () => this.kill(cell, why));
    this.#leaving.set(cell.id, {
      gone,
      left: () => {
        cancel();
        resolve();
      },
    });
    if (unheard) this.kill(cell, why);
    else cell.bye();
    return gone;
  }

  /** Ends all there are, and starts none any more. */
  async endAll(why: string): Promise<void> {
    this.#closed = true;
    await Promise.all(this.all().map((cell) => this.end(cell, why)));
  }

  kill(cell: Cell, reason: string): void {
    if (!cell.gone() && !this.#retired) this.#options.watchdog.send({ t: "kill", cell: cell.id, reason });
  }

  /** Another kernel leads: every cell is told to attach to it, now or as soon as it has a link. */
  retire(): void {
    this.#closed = true;
    this.#retired = true;
    for (const { port } of this.#cells.values()) port.send({ t: "newer" });
  }
  /** No cell makes root calls here any more. */
  get all_left(): boolean {
    return this.all().every(({ port }) => port.left);
  }
  /** All that was said to cells has been taken by the system. */
  get idle(): boolean {
    return this.all().every(({ port }) => port.idle);
  }

  // ── what the watchdog says ──

  /** The processes there are: those just started, and after a crash of a kernel those that outlived it. */
  known(cells: Extract<FromWatchdog, { t: "cells" }>["cells"]): void {
    for (const { cell: id, pid, token, base } of cells) {
      let cell = this.#cells.get(id);
      if (cell === undefined) {
        this.#cells.set(id, cell = new Cell(id, this.#options.clock, { inherited: true, base }));
        void this.#awaitAttached(cell);
      }
      cell.pid = pid;
      if (base !== undefined) cell.base = base;
      this.#tokens.set(id, token);
    }
  }

  exited(id: CellId, why: string): void {
    const cell = this.#cells.get(id);
    this.#tokens.delete(id);
    if (cell === undefined) return;
    this.#cells.delete(id);
    this.#holders.delete(cell);
    for (const [name, shared] of this.#shared) if (shared.cell === cell) this.#shared.delete(name);
    cell.exited();
    const killed = fault("module_killed", `the process of cell '${id}' ended before it attached: ${why}`);
    this.#attaching.get(id)?.(refuse(killed));
    this.#options.listener.exited(cell, why);
    this.#leaving.get(id)?.left();
    this.#leaving.delete(id);
  }

  /** Resolves when it has reported; one that does not is killed. */
  #awaitAttached(cell: Cell): Promise<Result<void>> {
    return new Promise((resolve) => {
      const settle = (outcome: Result<void>) => {
        cancel();
        this.#attaching.delete(cell.id);
        resolve(outcome);
      };
      const late = fault("module_killed", `the process of cell '${cell.id}' did not attach within ${ATTACH_MS} ms`);
      const cancel = this.#options.clock.after(ATTACH_MS, () => {
        settle(refuse(late));
        this.kill(cell, "did not attach");
      });
      this.#attaching.set(cell.id, settle);
    });
  }

  // ── what cells say ──

  #attached(id: CellId, link: CellLink): void {
    const cell = this.#cells.get(id);
    if (cell === undefined) return link.close();
    hearLink(cell, link, {
      listener: this.#options.listener,
      reported: () => this.#attaching.get(id)?.(ok(undefined)),
      kill: (violation) => this.kill(cell, violation),
    });
  }
}
