/**
 * Untrusted source is parsed in a process of its own, blank and killable: a source that crashes the stripper or the bundler, or never
 * ends, fails its own load and nothing else. Started at need, given back when there is nothing to do.
 */
import { fault, refuse, type Result } from "../contract/fault.ts";
import { SOURCES } from "../contract/limits.ts";
import { VET_CELL } from "../contract/names.ts";
import type { Clock } from "../contract/powers.ts";
import type { CellMessage, Payload, VetAnswer, VetOrder } from "../contract/wire.ts";
import { readJsonPayload, writeJsonPayload } from "../primitives/json_payload.ts";
import { parseFault } from "../primitives/parse_fault.ts";
import { PieceJoiner, pieceKey } from "../primitives/join_pieces.ts";
import { RunSerial } from "../primitives/run_serial.ts";
import type { Cell } from "./cell.ts";
import type { CellTable } from "./cell_table.ts";

/** A small heap: garbage of the bundler must not reach the guard's bound before V8 collects it. */
const NEEDS = { folders: [], net: [], limits: { memory_mb: 256, heap_mb: 96 } };
/** Then it is given back whatever waits: the bundler's own memory only grows. */
const MOST_ORDERS = 50;
/** Kept for so long after its last order: a plan loads several modules. */
const IDLE_MS = 2_000;

type Answer = { readonly ok: boolean; readonly payload: Payload };

export class VetCell {
  readonly #cells: CellTable;
  readonly #clock: Clock;
  readonly #orders = new RunSerial();
  #cell: Cell | undefined;
  #number = 0;
  /** Orders that this process has carried out. */
  #vetted = 0;
  #waiting: { readonly id: number; readonly settle: (answer: Answer | undefined) => void } | undefined;
  #pieces = new PieceJoiner<boolean>({ open: 1, total_bytes: SOURCES.bundle_bytes * 2 });
  #cancel_idle: () => void = () => {};

  constructor(cells: CellTable, clock: Clock) {
    this.#cells = cells;
    this.#clock = clock;
  }

  vet(order: VetOrder, load_ms: number): Promise<Result<VetAnswer>> {
    return this.#orders.run(() => this.#vet(order, load_ms));
  }

  /** A message of a cell that nobody else takes. */
  message(cell: Cell, message: CellMessage, payload: Payload): void {
    if (cell !== this.#cell || this.#waiting === undefined) return;
    if (message.t === "vetted" && message.id === this.#waiting.id) {
      if (!message.more) return this.#waiting.settle({ ok: message.ok, payload });
      this.#pieces.begin(pieceKey("vetted", message.id), message.ok, payload, SOURCES.bundle_bytes * 2);
    } else if (message.t === "piece" && message.of === "vetted") {
      const joined = this.#pieces.add(pieceKey("vetted", message.id), payload, message.more === true);
      if (joined.kind === "whole") this.#waiting.settle({ ok: joined.header, payload: joined.payload });
      else if (joined.kind !== "partial") this.#waiting.settle(undefined);
    }
  }

  exited(cell: Cell): void {
    if (cell !== this.#cell) return;
    this.#cell = undefined;
    this.#waiting?.settle(undefined);
  }

  /** No timer of it runs any more. */
  dispose(): void {
    this.#cancel_idle();
  }

  async #vet(order: VetOrder, load_ms: number): Promise<Result<VetAnswer>> {
    this.#cancel_idle();
    const started = this.#cell === undefined ? await this.#cells.start(VET_CELL, NEEDS) : undefined;
    if (started !== undefined && !started.ok) return started;
    if (started !== undefined) this.#vetted = 0;
    const cell = this.#cell ??= started!.value;
    this.#pieces = new PieceJoiner({ open: 1, total_bytes: SOURCES.bundle_bytes * 2 });
    let timed_out = false;
    const answer = await new Promise<Answer | undefined>((settle) => {
      const id = ++this.#number;
      const cancel = this.#clock.after(load_ms, () => {
        timed_out = true;
        settle(undefined);
      });
      this.#waiting = {
        id,
        settle: (answer) => {
          cancel();
          settle(answer);
        },
      };
      // It may have ended since it attached: then nobody will say so again.
      if (!cell.port.send({ t: "vet", id }, writeJsonPayload(order))) this.#waiting.settle(undefined);
    });
    this.#waiting = undefined;
    if (answer === undefined) {
      return this.#gaveUp(
        order,
        timed_out ? `took longer than ${load_ms} ms to vet` : "ended the process that vets sources",
      );
    }
    const said = read(answer);
    if (said === undefined) return this.#gaveUp(order, "made the process that vets sources say what no vet cell says");
    // A parser that trapped is broken from then on, though it still answers: only a new process is surely whole.
    if (!said.ok) this.#replace(`it refused the source of '${order.api}'`);
    else if (++this.#vetted >= MOST_ORDERS) this.#giveBack();
    else this.#cancel_idle = this.#clock.after(IDLE_MS, () => this.#giveBack());
    return said;
  }

  /** Whatever it was doing, it is not trusted with a second source. */
  #gaveUp(order: VetOrder, what: string): Result<VetAnswer> {
    this.#replace(`vetting '${order.api}' ${what}`);
    return refuse(
      fault("load_failed", `the source of '${order.api}' ${what}`, {
        hint: "no source that a person writes does this; look at what generated it",
      }),
    );
  }

  /** The next order gets a new process. */
  #replace(why: string): void {
    const cell = this.#cell;
    this.#cell = undefined;
    if (cell !== undefined) this.#cells.kill(cell, why);
  }

  #giveBack(): void {
    const cell = this.#cell;
    this.#cell = undefined;
    if (cell !== undefined) void this.#cells.release(cell, "idle");
  }
}

/** Undefined when it is no answer at all. */
function read({ ok, payload }: Answer): Result<VetAnswer> | undefined {
  const said = readJsonPayload(payload);
  if (!ok) {
    const why = parseFault(said);
    return why && refuse(why);
  }
  const code = (said as { code?: unknown } | null | undefined)?.code;
  if (typeof code !== "string" || code.length > SOURCES.bundle_bytes) return undefined;
  return { ok: true, value: { code } };
}
