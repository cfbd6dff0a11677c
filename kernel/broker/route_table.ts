/** Which instance answers for an api now, and the calls that wait until one does. */
import { WIRE } from "../contract/limits.ts";
import type { ApiName } from "../contract/names.ts";
import { MESSAGE_COST_BYTES } from "../primitives/window.ts";
import type { CallEntry } from "./call_ledger.ts";
import type { Route } from "./seat.ts";

interface Held {
  readonly calls: Set<CallEntry>;
  bytes: number;
}

export class RouteTable {
  readonly #routes = new Map<string, Route>();
  readonly #held = new Map<string, Held>();

  of(api: string): Route | undefined {
    return this.#routes.get(api);
  }

  /** Sets the route and gives the calls that were held for it, in their order, when they need not wait any more. */
  set(api: ApiName, route: Route): readonly CallEntry[] {
    this.#routes.set(api, route);
    if (route.to === "hold") {
      if (this.heldFor(api) > 0) route.called?.();
      return [];
    }
    return this.#release(api);
  }

  /** Nothing claims the api any more. */
  delete(api: ApiName): readonly CallEntry[] {
    this.#routes.delete(api);
    return this.#release(api);
  }

  /** Counts what waits; false when that is more than the kernel's memory is for. */
  hold(entry: CallEntry): boolean {
    let held = this.#held.get(entry.api);
    if (held === undefined) this.#held.set(entry.api, held = { calls: new Set(), bytes: 0 });
    held.calls.add(entry);
    held.bytes += bytesOf(entry);
    const route = this.#routes.get(entry.api);
    if (route?.to === "hold") route.called?.();
    return held.bytes <= WIRE.queue_bytes;
  }
  /** One more piece of a held call, a copy; false as above. */
  holdPiece(entry: CallEntry, piece: CallEntry["held"][number]): boolean {
    const held = this.#held.get(entry.api);
    if (held === undefined || !held.calls.has(entry)) return false;
    entry.held.push(piece);
    held.bytes += piece.payload.length + MESSAGE_COST_BYTES;
    return held.bytes <= WIRE.queue_bytes;
  }
  unhold(entry: CallEntry): void {
    const held = this.#held.get(entry.api);
    if (held?.calls.delete(entry)) held.bytes -= bytesOf(entry);
    if (held?.calls.size === 0) this.#held.delete(entry.api);
  }
  heldFor(api: string): number {
    return this.#held.get(api)?.calls.size ?? 0;
  }

  #release(api: ApiName): readonly CallEntry[] {
    const held = this.#held.get(api);
    this.#held.delete(api);
    return held === undefined ? [] : [...held.calls];
  }
}

function bytesOf({ held }: CallEntry): number {
  return held.reduce((sum, { payload }) => sum + payload.length + MESSAGE_COST_BYTES, 0);
}
