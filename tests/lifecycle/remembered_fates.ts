/** Kept failures without a disk. */
import type { Fate, Fates } from "../../kernel/lifecycle/mod.ts";

export class RememberedFates implements Fates {
  readonly kept = new Map<string, Fate>();

  of(api: string): Fate | undefined {
    return this.kept.get(api);
  }
  keep(api: string, fate: Fate): void {
    this.kept.set(api, fate);
  }
  forget(api: string): void {
    this.kept.delete(api);
  }
}
