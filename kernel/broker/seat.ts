/** A seat is a live instance that may make and take calls: what the broker knows of a module, and no more. */
import type { ApiName, CellId, InstanceId } from "../contract/names.ts";
import type { KernelMessage, Payload } from "../contract/wire.ts";
import type { Grants } from "../contract/spec.ts";
import type { Limits } from "../contract/limits.ts";

/** Where messages for a cell go. One port for the life of a cell; while no link is attached it queues, bounded. */
export interface CellPort {
  readonly cell: CellId;
  /**
   * Queues for this turn's batch. False when the message was not taken: the cell's process has ended, or its queue is full (it does not read).
   * A full queue refuses calls and whatever has weight; small faults and the ends of what was begun always pass.
   */
  send(message: KernelMessage, payload?: Payload): boolean;
  /** Whether the call with this number still waits here for a link: the cell can't know it yet. */
  holdsBack(id: number): boolean;
}

export interface Seat {
  readonly instance: InstanceId;
  readonly api: ApiName;
  readonly port: CellPort;
  /** Refusals name it: where a grant would be added. */
  readonly config: string;
  readonly grants: Grants;
  readonly limits: Limits;
  /** It is the shipped http service: the kernel tells it what those may reach whose calls it serves. */
  readonly fetches?: true;
  /** It runs apart: whatever it calls is answered from here, or not at all. */
  readonly apart?: (called: { readonly api: string; readonly name: string }) => Payload | undefined;
  /** Calls delivered to it and not yet ended. */
  in_flight: number;
  /** Streams that it tells or reads. */
  open_streams: number;
}

/** What bounds calls that wait for a seat. */
export type HoldLimits = Pick<Limits, "calls_in_flight" | "call_timeout_ms" | "call_depth">;

/** Where calls to an api go. `hold`: they wait (bounded) for the next route or their deadline, and `called` hears of those that wait. */
export type Route =
  | { readonly to: "seat"; readonly seat: Seat }
  | { readonly to: "hold"; readonly limits: HoldLimits; readonly called?: () => void }
  | { readonly to: "down"; readonly because: WhyDown };

/** `failed`: its newest source or what it does while it loads was refused, and nothing older runs. */
export type WhyDown = "failed" | "stopped" | "quarantined";
