/** Calls back to a caller: which functions were lent to whom, and where such a call goes. A right of its own, beside grants. */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { InstanceId } from "../contract/names.ts";
import { LOANS, type ReportedLoan } from "../contract/wire.ts";
import type { CallEntry } from "./call_ledger.ts";
import type { Seat } from "./seat.ts";

/** Names that one instance keeps lent: each costs the kernel an entry. */
export const MOST_KEPT = LOANS.names;

/** Where a call to a lent function goes: to the very instance that lent it. */
export function seatOfLender(
  serving: CallEntry | undefined,
  name: string,
  isSeated: (instance: InstanceId) => boolean,
): Result<Seat> {
  if (serving === undefined) {
    return refuse(fault("cancelled", "the call with which this function was lent is over", { retriable: false }));
  }
  const no = Number(name);
  if (!Number.isInteger(no) || no < 0 || no >= (serving.lends?.functions ?? 0)) {
    return refuse(
      fault("not_granted", `no function '${name}' was lent with this call`, { hint: "call what was lent" }),
    );
  }
  const { from } = serving;
  if (from !== undefined && isSeated(from.instance)) return ok(from);
  return refuse(fault("moved", "the instance that lent this function is gone"));
}

/** Functions kept by name: who lent which to whom. Forgotten with the instance that lent them. */
export class KeptFunctions {
  readonly #lent = new Map<InstanceId, Map<string, Set<string>>>();

  /** False when the instance keeps too many. */
  lend(lender: InstanceId, names: readonly string[], to: string): boolean {
    let of_lender = this.#lent.get(lender);
    if (of_lender === undefined) this.#lent.set(lender, of_lender = new Map());
    for (const name of names) {
      const borrowers = of_lender.get(name);
      if (borrowers !== undefined) borrowers.add(to);
      else if (of_lender.size >= MOST_KEPT) return false;
      else of_lender.set(name, new Set([to]));
    }
    return true;
  }

  /** What the lender's cell says that it keeps lent, in the place of what was known. */
  replace(lender: InstanceId, loans: readonly ReportedLoan[]): void {
    this.#lent.set(lender, new Map(loans.map(({ name, to }) => [name, new Set(to)])));
  }

  /** What the lender's cell says that it lent with a call which another kernel admitted; bounded as in a report. */
  told(lender: InstanceId, names: readonly string[], to: string): void {
    let of_lender = this.#lent.get(lender);
    if (of_lender === undefined) this.#lent.set(lender, of_lender = new Map());
    for (const name of names) {
      const borrowers = of_lender.get(name);
      if (borrowers === undefined) {
        if (of_lender.size < MOST_KEPT) of_lender.set(name, new Set([to]));
      } else if (borrowers.size < LOANS.borrowers) borrowers.add(to);
    }
  }

  revoke(lender: InstanceId, name: string): void {
    this.#lent.get(lender)?.delete(name);
  }
  forget(lender: InstanceId): void {
    this.#lent.delete(lender);
  }

  /** Which of the lender's instances keeps the function for this borrower; the newest. */
  find(seats: Iterable<Seat>, api: string, name: string, borrower: string): Result<Seat> {
    const found = [...seats].findLast((seat) =>
      seat.api === api && this.#lent.get(seat.instance)?.get(name)?.has(borrower)
    );
    if (found !== undefined) return ok(found);
    const text = `'${api}' keeps no function '${name}' for '${borrower}': it was revoked, or its instance is gone`;
    return refuse(fault("cancelled", text, { hint: "ask it to lend the function again", retriable: false }));
  }
}
