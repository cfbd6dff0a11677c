/** A kernel of a home's own: the next version of counts.ts, whose field has another name. */
import { Kernel as Shipped } from "meta-machine/kernel";
import type { KernelSetup } from "meta-machine/kernel";

export class Kernel extends Shipped {
  #counted = 1;
  readonly #log: KernelSetup["log"];

  constructor(setup: KernelSetup) {
    super(setup);
    this.#log = setup.log;
  }

  override exportState() {
    return { ...super.exportState(), tally: this.#counted };
  }

  /** Its own field, or that of the version before. */
  override importState(state: Record<string, unknown>): void {
    const { counted = 0, tally = 0, ...rest } = state;
    super.importState(rest);
    this.#counted = Number(counted) + Number(tally) + 1;
    this.#log.info(`renamed ${this.#counted} kernels`);
  }
}
