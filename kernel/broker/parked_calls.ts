/**
 * Right after a kernel's crash a repeated call must not be run by guess: it waits, with its pieces, until every cell that may hold its key has
 * reported. Afterwards, a call to a module whose cell died meanwhile may have run there: that is said, never tried again blindly.
 */
import { ownPayload } from "../primitives/payload.ts";
import { WIRE } from "../contract/limits.ts";
import type { CellId } from "../contract/names.ts";
import type { CellMessage, Payload } from "../contract/wire.ts";
import { MESSAGE_COST_BYTES } from "../primitives/window.ts";
import type { CellPort } from "./seat.ts";

export interface Parked {
  readonly port: CellPort;
  readonly message: Extract<CellMessage, { t: "call" }>;
  readonly payload: Payload;
  readonly pieces: { readonly payload: Payload; readonly more: boolean }[];
  bytes: number;
}

export class ParkedCalls {
  /** caller's cell → caller's number → call, in the order they came; undefined once all have reported. */
  #waiting: Map<CellId, { readonly calls: Map<number, Parked>; bytes: number }> | undefined = new Map();
  #lost: readonly string[] = [];

  /** Whether it waits now; `full` when this caller has parked more than the kernel's memory is for. Told yet again, on a newer link, it begins anew. */
  park(port: CellPort, message: Parked["message"], payload: Payload): "no" | "parked" | "full" {
    if (this.#waiting === undefined) return "no";
    this.cancel(port.cell, message.id);
    let of_cell = this.#waiting.get(port.cell);
    if (of_cell === undefined) this.#waiting.set(port.cell, of_cell = { calls: new Map(), bytes: 0 });
    const bytes = payload.length + MESSAGE_COST_BYTES;
    if (of_cell.bytes + bytes > WIRE.queue_bytes) return "full";
    of_cell.bytes += bytes;
    of_cell.calls.set(message.id, { port, message, payload: ownPayload(payload), pieces: [], bytes });
    return "parked";
  }

  /** A further piece of a parked call. What exceeds the bound is not kept: the call will not become whole, and expires. */
  piece(cell: CellId, id: number, more: boolean, payload: Payload): void {
    const of_cell = this.#waiting?.get(cell);
    const parked = of_cell?.calls.get(id);
    const bytes = payload.length + MESSAGE_COST_BYTES;
    if (of_cell === undefined || parked === undefined || of_cell.bytes + bytes > WIRE.queue_bytes) return;
    of_cell.bytes += bytes;
    parked.bytes += bytes;
    parked.pieces.push({ payload: ownPayload(payload), more });
  }

  /** True when it was parked: it waits no more. */
  cancel(cell: CellId, id: number): boolean {
    const of_cell = this.#waiting?.get(cell);
    const parked = of_cell?.calls.get(id);
    if (of_cell === undefined || parked === undefined) return false;
    of_cell.bytes -= parked.bytes;
    return of_cell.calls.delete(id);
  }

  forgetCell(cell: CellId): void {
    this.#waiting?.delete(cell);
  }

  /** `lost`: apis whose cells ended between the former kernel's crash and now. */
  release(lost: readonly string[]): readonly Parked[] {
    const released = [...this.#waiting?.values() ?? []].flatMap(({ calls }) => [...calls.values()]);
    this.#waiting = undefined;
    this.#lost = lost;
    return released;
  }

  /** Whether the api was served by a cell that was lost. */
  mayBeLost(api: string): boolean {
    return this.#lost.includes(api);
  }
}
