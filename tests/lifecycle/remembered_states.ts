/** Kept states without a disk. */
import type { ListedState } from "../../kernel/contract/control.ts";
import type { KeptState, KeptStates } from "../../kernel/lifecycle/mod.ts";

export class RememberedStates implements KeptStates {
  readonly kept = new Map<string, KeptState>();
  readonly aside = new Map<string, { readonly state: KeptState; readonly why: string }>();
  /** The disk is full. */
  full = false;

  read(api: string): Promise<KeptState | undefined> {
    return Promise.resolve(this.kept.get(api));
  }
  keep(api: string, { from, payload }: KeptState): Promise<void> {
    if (this.full) return Promise.reject(new Error("no space left on device"));
    this.kept.set(api, { from, payload: payload.slice() });
    return Promise.resolve();
  }
  setAside(api: string, state: KeptState, why: string, { forget }: { readonly forget: boolean }): Promise<void> {
    this.aside.set(api, { state, why });
    if (forget) this.kept.delete(api);
    return Promise.resolve();
  }
  whyAside(api: string): string | undefined {
    return this.aside.get(api)?.why;
  }
  list(): Promise<readonly ListedState[]> {
    const listed = (api: string, { payload }: KeptState, set_aside: boolean) => ({
      ...{ api, bytes: payload.length, time: new Date(0).toISOString(), set_aside },
    });
    return Promise.resolve([
      ...[...this.kept].map(([api, state]) => listed(api, state, false)),
      ...[...this.aside].map(([api, { state, why }]) => ({ ...listed(api, state, true), why })),
    ]);
  }
  drop(api: string): Promise<{ readonly kept: boolean; readonly set_aside: boolean }> {
    return Promise.resolve({ kept: this.kept.delete(api), set_aside: this.aside.delete(api) });
  }
}
