/** Which instance answers for an api now, and the calls that wait until one does. */
import type { ApiName } from "../contract/names.ts";
import type { CallEntry } from "./call_ledger.ts";
import type { Route } from "./seat.ts";

export class RouteTable {
  readonly #routes = new Map<string, Route>();
  readonly #held = new Map<string, Set<CallEntry>>();

  of(api: string): Route | undefined {
    return this.#routes.get(api);
  }

  /** Sets the route and gives the calls that were held for it, in their order, when they need not wait any more. */
  set(api: ApiName, route: Route): readonly CallEntry[] {
    this.#routes.set(api, route);
    if (route.to === "hold") return [];
    return this.#release(api);
  }

  /** Nothing claims the api any more. */
  delete(api: ApiName): readonly CallEntry[] {
    this.#routes.delete(api);
    return this.#release(api);
  }

  hold(entry: CallEntry): void {
    let held = this.#held.get(entry.api);
    if (held === undefined) this.#held.set(entry.api, held = new Set());
    held.add(entry);
  }
  unhold(entry: CallEntry): void {
    this.#held.get(entry.api)?.delete(entry);
  }
  heldFor(api: string): number {
    return this.#held.get(api)?.size ?? 0;
  }

  #release(api: ApiName): readonly CallEntry[] {
    const held = this.#held.get(api);
    this.#held.delete(api);
    return held === undefined ? [] : [...held];
  }
}
