/**
 * To which instances calls went in the former kernel. It said so a moment ago, so one whose process lives and has not reported yet is waited for, however slow
 * that is or the former kernel was to send it here: a second instance beside it would take the place of all that the first one remembers.
 */
import type { ApiName, CellId, InstanceId } from "../contract/names.ts";
import type { Cell } from "../cell/mod.ts";

export class ToldInstances {
  readonly #told = new Map<ApiName, InstanceId | null>();
  /** Whose instance may be in a cell that has not reported. */
  readonly #missing = new Map<ApiName, InstanceId>();
  readonly #cells: () => readonly Cell[];
  readonly #maySitIn: (cell: CellId, instance: InstanceId) => boolean;

  constructor(cells: () => readonly Cell[], maySitIn: (cell: CellId, instance: InstanceId) => boolean) {
    this.#cells = cells;
    this.#maySitIn = maySitIn;
  }

  tell(api: ApiName, instance: InstanceId | null): void {
    this.#told.set(api, instance);
    if (instance !== null) this.#missing.set(api, instance);
  }
  /** Null: to none. Undefined: nothing was told of the module. */
  of(api: ApiName): InstanceId | null | undefined {
    return this.#told.get(api);
  }

  isAwaited(api: ApiName): boolean {
    const instance = this.#missing.get(api);
    return instance !== undefined && this.#cells().some(({ id }) => this.#maySitIn(id, instance));
  }

  /** That cell has reported, or has ended: gives the apis whose instances were to be there, once. */
  heardOf(cell: CellId): readonly ApiName[] {
    const here = [...this.#missing].filter(([, instance]) => this.#maySitIn(cell, instance)).map(([api]) => api);
    for (const api of here) this.#missing.delete(api);
    return here;
  }
}
