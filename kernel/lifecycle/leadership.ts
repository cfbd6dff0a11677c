/**
 * Which kernel changes lives. In a hand-over there are two: the one that leads stops changing modules, tells its state, and once its successor leads never changes
 * any again; the successor brings up what is missing at once, and leaves what serves as it is until the former one has finished its calls with that.
 */
import { pause } from "./drain_instance.ts";
import type { Clock } from "../contract/powers.ts";

export class Leadership {
  /** Changes that are under way. */
  #running = 0;
  #settled: () => void = () => {};
  /** Changes wait here while the state is told, and for ever once another kernel leads. */
  #held: PromiseWithResolvers<void> | undefined;
  #former: PromiseWithResolvers<void> | undefined;
  #leads = true;

  /** False from the moment on in which another kernel leads. */
  get leads(): boolean {
    return this.#leads;
  }

  /** A former kernel still has calls of its own, until `former_gone`. */
  besideFormer(): void {
    this.#former ??= Promise.withResolvers();
  }
  formerGone(): void {
    this.#former?.resolve();
    this.#former = undefined;
  }
  /** Resolves when no former kernel is left. */
  async alone(): Promise<void> {
    await this.#former?.promise;
  }

  /** Runs a change when it may be made. `alters`: it touches what serves, with which a former kernel may have calls. */
  async change(job: () => Promise<void> | undefined, { alters }: { readonly alters: boolean }): Promise<void> {
    if (alters) await this.alone();
    while (this.#held !== undefined) await this.#held.promise;
    this.#running++;
    try {
      await job();
    } finally {
      if (--this.#running === 0) this.#settled();
    }
  }

  /** No change begins any more; true when those under way came to an end in time. Else, and after `resume`, they begin again. */
  async hold(clock: Clock, ms: number): Promise<boolean> {
    this.#held ??= Promise.withResolvers();
    if (this.#running > 0) {
      const settled = new Promise<void>((resolve) => this.#settled = resolve);
      await Promise.race([settled, pause(clock, ms)]);
      this.#settled = () => {};
    }
    if (this.#running === 0) return true;
    this.resume();
    return false;
  }

  resume(): void {
    if (!this.#leads) return;
    this.#held?.resolve();
    this.#held = undefined;
  }

  /** Another kernel leads. */
  leave(): void {
    this.#held ??= Promise.withResolvers();
    this.#leads = false;
  }
}
