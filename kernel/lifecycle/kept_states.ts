/** Where the last state of each module is kept between its lives. In files (state_files.ts); the living image has a place for them too. */
import type { ListedState } from "../contract/control.ts";
import type { ApiName } from "../contract/names.ts";
import type { Payload } from "../contract/wire.ts";

/** A state as its module left it: a payload that nobody reads but a later instance of that module. */
export interface KeptState {
  /** The version of the config that the instance ran under; "" for a file without version. */
  readonly from: string;
  readonly payload: Payload;
}

/** Writing may throw as files do; nothing else does. Calls for one api come one after the other. */
export interface KeptStates {
  /** The last one that was kept. One that can't be read (any more) is set aside, and it is as if there were none. */
  read(api: ApiName): Promise<KeptState | undefined>;
  /** Takes the place of the former one, whole or not at all. */
  keep(api: ApiName, state: KeptState): Promise<void>;
  /** Puts one that no instance takes where the operator finds it; `forget` when it is the kept one, which then is none any more. */
  setAside(api: ApiName, state: KeptState, why: string, options: { readonly forget: boolean }): Promise<void>;
  /** Why a state of that api lies aside, while one does. */
  whyAside(api: string): string | undefined;
  /** All there are, by api. */
  list(): Promise<readonly ListedState[]>;
  /** Forgets both, and tells what there was. */
  drop(api: ApiName): Promise<{ readonly kept: boolean; readonly set_aside: boolean }>;
}
