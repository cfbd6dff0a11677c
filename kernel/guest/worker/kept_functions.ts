/** Functions that this module lent under a name: callable by those they were lent to until they are revoked. */
import { fault, refuse, type Result } from "../../contract/fault.ts";
import { LOANS } from "../../contract/wire.ts";
import type { FromWorker } from "../port.ts";
import type { LentFunction } from "./lending.ts";
import { SafeMap } from "./primordials.ts";

export interface KeptFunctions {
  /** The name under which a function is kept. */
  readonly nameOf: (fn: object) => string | undefined;
  /** From now on the function may be lent under this name; one that had it is revoked. Gives what revokes this one. Throws when too many are kept. */
  keep(name: string, fn: LentFunction): () => void;
  lentTo(names: readonly string[], api: string): void;
  /** The function of that name, if it was lent to `api`. */
  find(name: string, api: string): Result<LentFunction>;
  readonly count: () => number;
}

interface Kept {
  readonly fn: LentFunction;
  readonly lent_to: Set<string>;
}

/** Each is a way into the module that stays open. */
export const MOST_KEPT = LOANS.names;

export function openKeptFunctions(post: (message: FromWorker) => void): KeptFunctions {
  const kept = new SafeMap<string, Kept>();
  const names = new WeakMap<object, string>();

  function revoke(name: string): void {
    const known = kept.get(name);
    if (known === undefined) return;
    kept.delete(name);
    names.delete(known.fn);
    if (known.lent_to.size > 0) post({ t: "revoke", name });
  }
  return {
    nameOf: (fn) => names.get(fn),
    keep(name, fn) {
      revoke(name);
      if (kept.size >= MOST_KEPT) throw new RangeError(`keep: ${MOST_KEPT} functions are kept; no more may be`);
      kept.set(name, { fn, lent_to: new Set() });
      names.set(fn, name);
      return () => {
        if (kept.get(name)?.fn === fn) revoke(name);
      };
    },
    lentTo(lent, api) {
      for (const name of lent) kept.get(name)?.lent_to.add(api);
    },
    find(name, api) {
      const known = kept.get(name);
      if (known?.lent_to.has(api)) return { ok: true, value: known.fn };
      return refuse(fault("cancelled", `the function '${name}' was revoked, or never lent to '${api}'`));
    },
    count: () => kept.size,
  };
}
