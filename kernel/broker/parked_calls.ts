/**
 * Right after a kernel's crash a repeated call must not be run by guess: it waits until every cell that may hold its key has reported.
 * Afterwards, a call to a module whose cell died meanwhile may have run there: that is said, never tried again blindly.
 */
import type { CellMessage } from "../contract/wire.ts";
import type { CellPort } from "./seat.ts";

interface Parked {
  readonly port: CellPort;
  readonly message: Extract<CellMessage, { t: "call" }>;
  readonly payload: Uint8Array;
}

export class ParkedCalls {
  #waiting: Parked[] | undefined = [];
  #lost: readonly string[] = [];

  /** True when the call was parked. */
  mustWait(port: CellPort, message: Parked["message"], payload: Uint8Array): boolean {
    this.#waiting?.push({ port, message, payload });
    return this.#waiting !== undefined;
  }

  /** `lost`: apis whose cells ended between the former kernel's crash and now. */
  release(lost: readonly string[]): readonly Parked[] {
    const released = this.#waiting ?? [];
    this.#waiting = undefined;
    this.#lost = lost;
    return released;
  }

  /** Whether the api was served by a cell that was lost. */
  mayBeLost(api: string): boolean {
    return this.#lost.includes(api);
  }
}
