/**
 * Which kernel changes lives. In a hand-over there are two: the one that leads stops changing modules, tells its state, and once its successor leads never changes
 * any again; the successor brings up what is missing at once, and leaves what serves as it is until the former one has finished its calls with that.
 */
import { pause } from "../primitives/pause.ts";
import type { Clock } from "../contract/powers.ts";

export class Leadership {
  /** Changes that are under way. */
  #running = 0;
  /** Who waits for their end. */
  #settled: (() => void)[] = [];
  /** Changes wait here while the state is told, and for ever once another kernel leads. */
  #held: PromiseWithResolvers<void> | undefined;
  #former: PromiseWithResolvers<void> | undefined;
  #leads = true;
  readonly #lost = Promise.withResolvers<void>();

  /** False from the moment on in which another kernel leads. */
  get leads(): boolean {
    return this.#leads;
  }

  /** What `job` gives, or undefined when another kernel leads before it ended: changes that it waits for are never made here then. */
  async whileLeading<T>(job: () => Promise<T>): Promise<T | undefined> {
    if (!this.#leads) return undefined;
    return await Promise.race([job(), this.#lost.promise.then(() => undefined)]);
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
      if (--this.#running === 0) { for (const settled of this.#settled.splice(0)) settled(); }
    }
  }

  /**
   * No change begins any more; true when those under way came to an end in time, and nobody resumed meanwhile. Else, and after `resume`, they begin again; a
   * hold that another one has followed leaves that one alone.
   */
  async hold(clock: Clock, ms: number): Promise<boolean> {
    const held = this.#held ??= Promise.withResolvers();
    if (this.#running > 0) {
      await Promise.race([new Promise<void>((resolve) => this.#settled.push(resolve)), pause(clock, ms)]);
    }
    if (this.#held !== held) return false;
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
    this.#lost.resolve();
  }
}
