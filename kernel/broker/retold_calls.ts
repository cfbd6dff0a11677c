/** Calls whose words went with a link or with a process: they are said again by those who still have them, and none runs twice. */
import { fault } from "../contract/fault.ts";
import { type CellId, OPERATOR } from "../contract/names.ts";
import type { CellMessage, Payload } from "../contract/wire.ts";
import { ownPayload } from "../primitives/payload.ts";
import type { CallFlow } from "./call_flow.ts";
import type { CallEntry } from "./call_ledger.ts";

export class RetoldCalls {
  readonly #flow: CallFlow;

  constructor(flow: CallFlow) {
    this.#flow = flow;
  }

  /**
   * A call that is in flight was told again, since its caller's link broke. False: it takes its course, and its answer the newest link. True: what
   * was under way is dropped without an answer, and it must be delivered anew where it was.
   */
  toldAgain(entry: CallEntry, message: Extract<CellMessage, { t: "call" }>, payload: Payload): boolean {
    if (!isSame(entry, message)) return false;
    const whole = !entry.more_to_come;
    const more = message.more === true;
    if (entry.to === undefined) {
      if (whole) return false;
      this.#flow.routes.unhold(entry);
      entry.held = [{ payload: ownPayload(payload), more }];
      entry.more_to_come = more;
      this.#flow.settle(entry);
      return false;
    }
    if (whole && entry.answering === "no") return false;
    if (!whole) this.#flow.ends.cancel(entry);
    this.#flow.drop(entry);
    return true;
  }

  /**
   * The seat that had it is gone and had not begun it: it waits for the next one as if it had just come. Its words went with that seat, so its caller's
   * shell is asked to say it again. False where that can't be.
   */
  rehold(entry: CallEntry): boolean {
    const { kind, more_to_come, origin } = entry;
    if (kind === "lent" || kind === "kept" || more_to_come || entry.answering !== "no") return false;
    if (origin.cell === OPERATOR || !this.#flow.ends.ports.get(origin.cell)?.send({ t: "resay", id: origin.id })) {
      return false;
    }
    this.#flow.ledger.takeBack(entry);
    entry.more_to_come = true;
    entry.held = [];
    return this.#flow.holding.rehold(entry);
  }

  /** The callee's cell says that this never reached it. */
  neverArrived(entry: CallEntry): void {
    entry.begun_there = false;
    this.#flow.fail(entry, fault("moved", `the link to '${entry.api}' broke before this call arrived there`));
  }

  /** What was sent of a reply went with its caller's link; the caller will ask again. */
  lostLink(cell: CellId): void {
    for (const entry of this.#flow.ledger.where((e) => e.origin.cell === cell && e.answering !== "no")) {
      entry.answering = "lost";
    }
  }
}

/** What was let through is this very call: another one under its number would go to its seat without a right of its own. */
function isSame(
  entry: CallEntry,
  { from, api, aspect, name, kind }: Extract<CellMessage, { t: "call" }>,
): boolean {
  return entry.from?.instance === from && entry.kind === kind && entry.aspect === aspect && entry.name === name &&
    (kind === "lent" || entry.api === api); // of a function that was lent the kernel knows whose it is
}
