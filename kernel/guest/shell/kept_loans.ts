/**
 * Which functions this cell's modules keep lent by name, and to whom, as the calls said that lent them. The kernel has the same, and asks no one; but
 * one that has crashed has forgotten it, and one whose link was broken has not heard what was revoked meanwhile: so the report says it.
 */
import type { InstanceId } from "../../contract/names.ts";
import { LOANS, type ReportedLoan } from "../../contract/wire.ts";
import type { WorkerWord } from "./call_words.ts";

export class KeptLoans {
  /** instance → name → borrowers */
  readonly #lent = new Map<InstanceId, Map<string, Set<string>>>();

  /** A word of that instance's Worker. */
  note(instance: InstanceId, word: WorkerWord): void {
    if (word.t === "call" && word.lends?.kept !== undefined) this.#lend(instance, word.lends.kept, word.api);
    else if (word.t === "revoke") this.#lent.get(instance)?.delete(word.name);
  }

  of(instance: InstanceId): readonly ReportedLoan[] {
    return [...this.#lent.get(instance) ?? []].map(([name, to]) => ({ name, to: [...to] }));
  }

  forget(instance: InstanceId): void {
    this.#lent.delete(instance);
  }

  /** What exceeds the bounds is not said again: its borrower has to be lent it anew. */
  #lend(instance: InstanceId, names: readonly string[], to: string): void {
    let lent = this.#lent.get(instance);
    if (lent === undefined) this.#lent.set(instance, lent = new Map());
    for (const name of names) {
      const borrowers = lent.get(name);
      if (borrowers === undefined) {
        if (lent.size < LOANS.names) lent.set(name, new Set([to]));
      } else if (borrowers.size < LOANS.borrowers) borrowers.add(to);
    }
  }
}
