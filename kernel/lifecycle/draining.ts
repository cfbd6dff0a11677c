/** The old instances of one module, which finish what they have. */
import type { InstanceId } from "../contract/names.ts";
import { pause } from "../primitives/pause.ts";
import { drainInstance, type DrainOptions } from "./drain_instance.ts";
import type { Instance } from "./instance.ts";
import type { LifePowers } from "./life_powers.ts";

/** After a kernel's crash: by then the callers of an instance that was being replaced have asked again. */
const ADOPTED_DRAIN_MS = 500;
/** After a kernel's crash: by then an older instance, whose run() has to end first, has reported. */
const ADOPTED_RUN_MS = 1_000;

export class Draining {
  readonly #powers: LifePowers;
  readonly #drains = new Map<Instance, Promise<void>>();

  constructor(powers: LifePowers) {
    this.#powers = powers;
  }

  /** One from before a kernel's crash (`adopted`) is left alone for a while first. */
  add(old: Instance, { adopted = false, ...options }: DrainOptions & { readonly adopted?: boolean } = {}): void {
    const { clock, leadership } = this.#powers;
    const waited = adopted ? Promise.all([pause(clock, ADOPTED_DRAIN_MS), leadership.alone()]) : Promise.resolve();
    const drained = waited.then(() => drainInstance(old, this.#powers, options))
      .catch((error) => this.#powers.log("ERROR", old.planned.spec.api, `draining failed: ${error}`))
      .finally(() => this.#drains.delete(old));
    this.#drains.set(old, drained);
  }

  find(id: InstanceId): Instance | undefined {
    return [...this.#drains.keys()].find((instance) => instance.id === id);
  }

  /** Resolves when the run() of a new instance may start: no older one is left, nor will another turn up. */
  async alone({ adopted }: { adopted: boolean }): Promise<void> {
    if (adopted) await pause(this.#powers.clock, ADOPTED_RUN_MS);
    await this.done();
  }

  /** Resolves when those that drain now have gone. Never rejects. */
  async done(): Promise<void> {
    await Promise.all(this.#drains.values());
  }
}
