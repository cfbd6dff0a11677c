/** What runs keeps running while a newer version of it waits, unless the operator has taken back what it has. */
import type { PlannedModule } from "../contract/spec.ts";
import { applyLock } from "./apply_lock.ts";
import { lockLine } from "./lock_line.ts";
import type { Lock } from "./parse_lock.ts";

/**
 * True when a module that runs has more than the lock allows by now. Another recorded source alone takes nothing back:
 * it is what may run next.
 */
export function isWithdrawn({ spec, source }: Pick<PlannedModule, "spec" | "source">, lock: Lock): boolean {
  const line = lockLine(spec, source, lock);
  const at = line?.origin === "added" ? { ...source, hash: line.hash } : source;
  return !applyLock(spec, at, line).ok;
}
