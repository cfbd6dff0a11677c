/** A kernel of a home's own: tells its successor how many kernels there have been, in a field of its own. */
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
    return { ...super.exportState(), counted: this.#counted };
  }

  /** Its own field, that of the kernel that renamed it, or none: from the shipped one. */
  override importState(state: Record<string, unknown>): void {
    const { counted = 0, tally = 0, ...rest } = state;
    super.importState(rest);
    this.#counted = Number(counted) + Number(tally) + 1;
    this.#log.info(`counted ${this.#counted} kernels`);
  }
}
