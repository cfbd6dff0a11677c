/**
 * Calls that have no seat yet wait here for a route. In a kernel that another one follows nothing waits: no route of its will come any more, so what never left it
 * goes back to its caller's shell, which says it to the newest kernel as if for the first time.
 */
import { fault } from "../contract/fault.ts";
import { OPERATOR } from "../contract/names.ts";
import type { Payload } from "../contract/wire.ts";
import { ownPayload } from "../primitives/payload.ts";
import type { CallFlow } from "./call_flow.ts";
import type { CallEntry } from "./call_ledger.ts";

export class Holding {
  readonly #flow: CallFlow;
  #retired = false;

  constructor(flow: CallFlow) {
    this.#flow = flow;
  }

  hold(entry: CallEntry): void {
    if (this.#retired) this.#handBack(entry);
    else if (!this.#flow.routes.hold(entry)) this.#crowded(entry);
  }

  /** One that was with a seat that is gone; its words are still to come. False when too much waits. */
  rehold(entry: CallEntry): boolean {
    if (!this.#retired) return this.#flow.routes.hold(entry);
    this.#handBack(entry);
    return true;
  }

  piece(entry: CallEntry, more: boolean, payload: Payload): void {
    if (!this.#flow.routes.holdPiece(entry, { payload: ownPayload(payload), more })) this.#crowded(entry);
  }

  /** Another kernel leads. */
  retire(): void {
    this.#retired = true;
    for (const entry of this.#flow.ledger.where(({ to }) => to === undefined)) this.#handBack(entry);
  }

  /** A call within a call stays with the kernel that knows the whole tree, and the operator has no shell: theirs end, and may be made again. */
  #handBack(entry: CallEntry): void {
    const { origin, parent, api } = entry;
    const port = this.#flow.ends.ports.get(origin.cell);
    if (parent === undefined && origin.cell !== OPERATOR && port?.send({ t: "hand_back", id: origin.id })) {
      return this.#flow.drop(entry);
    }
    const text = `'${api}' was not there yet when the kernel handed over to its successor; make the call again`;
    this.#flow.fail(entry, fault("moved", text));
  }

  #crowded(entry: CallEntry): void {
    this.#flow.fail(entry, fault("rate_limited", `too much waits for '${entry.api}' already`));
  }
}
