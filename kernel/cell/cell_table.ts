/** All cells: asked of the watchdog, attached by proof, ended in order. The watchdog's word is the truth about processes. */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { FromWatchdog, StartCell, ToWatchdog } from "../contract/channel.ts";
import { type CellId, cellId } from "../contract/names.ts";
import type { Clock, Connection, Randomness } from "../contract/powers.ts";
import type { CellMessage, CellReport } from "../contract/wire.ts";
import type { CellPort } from "../broker/mod.ts";
import { readJsonPayload } from "../primitives/json_payload.ts";
import { parseCellReport } from "../primitives/parse_report.ts";
import { LinkAcceptor } from "./accept_link.ts";
import { Cell } from "./cell.ts";
import type { CellLink } from "./cell_link.ts";

export type CellNeeds = Pick<StartCell, "folders" | "net" | "limits">;

/** Who hears what cells say. Calls go to the broker, lives to the lifecycle. */
export interface CellListener {
  call(port: CellPort, message: Extract<CellMessage, { t: "call" }>, payload: Uint8Array): void;
  reply(port: CellPort, message: Extract<CellMessage, { t: "reply" }>, payload: Uint8Array): void;
  piece(port: CellPort, message: Extract<CellMessage, { t: "piece" }>, payload: Uint8Array): void;
  cancel(port: CellPort, id: number): void;
  ack(port: CellPort, ranges: readonly (readonly [number, number])[]): void;
  /** Right after each welcome. */
  reported(cell: Cell, report: CellReport): void;
  failed(cell: Cell, message: Extract<CellMessage, { t: "failed" }>, payload: Uint8Array): void;
  /** It says why it is about to end itself. */
  dying(cell: Cell, message: Extract<CellMessage, { t: "dying" }>): void;
  /** Other answers of host cells. */
  other(cell: Cell, message: CellMessage, payload: Uint8Array): void;
  violated(cell: Cell, violation: string): void;
  exited(cell: Cell, why: string): void;
}

export interface CellTableOptions {
  readonly clock: Clock;
  readonly random: Randomness;
  readonly epoch: number;
  readonly watchdog: { send(message: ToWatchdog): void };
  readonly listener: CellListener;
}

/** A process that was started must attach within this. */
const ATTACH_MS = 10_000;
/** After `bye` a cell has so long before it is killed. */
const BYE_MS = 1_000;

export class CellTable {
  readonly #options: CellTableOptions;
  readonly #acceptor: LinkAcceptor;
  readonly #cells = new Map<CellId, Cell>();
  readonly #tokens = new Map<CellId, string>();
  /** What a shared cell was started with: a module that needs more gets another process. */
  readonly #shared = new Map<string, { readonly cell: Promise<Result<Cell>>; readonly needs: CellNeeds }>();
  readonly #attaching = new Map<CellId, (outcome: Result<Cell>) => void>();
  readonly #leaving = new Map<CellId, () => void>();
  #number = 0;

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

  /** A new process; resolves when it has attached and reported. */
  start(base: string, needs: CellNeeds): Promise<Result<Cell>> {
    const { epoch, clock, watchdog } = this.#options;
    const cell = new Cell(cellId(base, epoch * 1_000_000 + ++this.#number), clock);
    this.#cells.set(cell.id, cell);
    return new Promise((resolve) => {
      const settle = (outcome: Result<Cell>) => {
        cancel();
        this.#attaching.delete(cell.id);
        resolve(outcome);
      };
      const late = fault("module_killed", `the process of cell '${cell.id}' did not attach within ${ATTACH_MS} ms`);
      const cancel = clock.after(ATTACH_MS, () => {
        settle(refuse(late));
        this.kill(cell, "did not attach");
      });
      this.#attaching.set(cell.id, settle);
      watchdog.send({ t: "start_cell", cell: cell.id, ...needs });
    });
  }

  /** The cell under a shared name, if it was started with enough for this module; else a new one for `all`. */
  async share(name: string, needs: CellNeeds, all: CellNeeds): Promise<Result<Cell>> {
    const shared = this.#shared.get(name);
    if (shared !== undefined && covers(shared.needs, needs)) {
      const cell = await shared.cell;
      if (cell.ok && !cell.value.gone()) return cell;
    }
    const cell = this.start(name, all);
    this.#shared.set(name, { cell, needs: all });
    return await cell;
  }

  /** Asks it to end, and kills it when it does not. Resolves when it is gone. */
  end(cell: Cell, why: string): Promise<void> {
    if (cell.gone()) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(BYE_MS, () => this.kill(cell, why));
      this.#leaving.set(cell.id, () => {
        cancel();
        resolve();
      });
      cell.bye();
    });
  }

  kill(cell: Cell, reason: string): void {
    if (!cell.gone()) this.#options.watchdog.send({ t: "kill", cell: cell.id, reason });
  }

  // ── what the watchdog says ──

  /** The processes there are: those just started, and after a crash of a kernel those that outlived it. */
  known(cells: Extract<FromWatchdog, { t: "cells" }>["cells"]): void {
    for (const { cell: id, pid, token } of cells) {
      let cell = this.#cells.get(id);
      if (cell === undefined) this.#cells.set(id, cell = new Cell(id, this.#options.clock));
      cell.pid = pid;
      this.#tokens.set(id, token);
    }
  }

  exited(id: CellId, why: string): void {
    const cell = this.#cells.get(id);
    this.#tokens.delete(id);
    if (cell === undefined) return;
    this.#cells.delete(id);
    for (const [name, shared] of this.#shared) {
      void shared.cell.then((started) => {
        if (started.ok && started.value === cell && this.#shared.get(name) === shared) this.#shared.delete(name);
      });
    }
    cell.exited();
    this.#attaching.get(id)?.(
      refuse(fault("module_killed", `the process of cell '${id}' ended before it attached: ${why}`)),
    );
    this.#options.listener.exited(cell, why);
    this.#leaving.get(id)?.();
    this.#leaving.delete(id);
  }

  // ── what cells say ──

  #attached(id: CellId, link: CellLink): void {
    const cell = this.#cells.get(id)!;
    cell.attach(link);
    link.proven({
      message: (message, payload) => this.#message(cell, link, message, payload),
      closed: (violation) => {
        cell.detach(link);
        if (violation === undefined) return;
        this.#options.listener.violated(cell, violation);
        this.kill(cell, violation);
      },
    });
  }

  #message(cell: Cell, link: CellLink, message: CellMessage, payload: Uint8Array): void {
    const { listener } = this.#options;
    switch (message.t) {
      case "call":
        return listener.call(cell.port, message, payload);
      case "reply":
        return listener.reply(cell.port, message, payload);
      case "piece":
        if (message.of === "call" || message.of === "reply") return listener.piece(cell.port, message, payload);
        return listener.other(cell, message, payload);
      case "cancel":
        return listener.cancel(cell.port, message.id);
      case "ack":
        return listener.ack(cell.port, message.ids);
      case "report": {
        const report = parseCellReport(readJsonPayload(payload));
        if (report === undefined) return link.close("a report that could not be read");
        listener.reported(cell, report);
        cell.sendUnsent();
        return this.#attaching.get(cell.id)?.(ok(cell));
      }
      case "dying":
        return listener.dying(cell, message);
      case "attach":
        return link.close("attached twice on one link");
      default:
        if (cell.take(message, payload)) return;
        if (message.t === "failed") return listener.failed(cell, message, payload);
        return listener.other(cell, message, payload);
    }
  }
}

function covers(had: CellNeeds, needs: CellNeeds): boolean {
  return needs.net.every((net) => had.net.includes(net)) &&
    needs.folders.every(({ path, mode }) =>
      had.folders.some((folder) => folder.path === path && (folder.mode === mode || folder.mode === "rw"))
    );
}
