/** Tells when an instance that is started by its first call has had nothing to do for `idle_ms`: no call, neither served nor made, and no run(). */
import type { Instance } from "./instance.ts";
import type { LifePowers } from "./life_powers.ts";

/** Looks within `idle_ms`: what happened between two of them counts from the later one. */
const LOOKS = 4;

export class IdleWatch {
  readonly #powers: Pick<LifePowers, "clock" | "broker">;
  readonly #asks: { sleep(instance: Instance): void };
  #cancel: () => void = () => {};

  constructor(powers: Pick<LifePowers, "clock" | "broker">, asks: { sleep(instance: Instance): void }) {
    this.#powers = powers;
    this.#asks = asks;
  }

  /** In place of the former one, from now on. Asks once. */
  watch(instance: Instance): void {
    this.#cancel();
    const { start, idle_ms } = instance.planned.spec;
    if (start !== "on_call") return;
    const { clock } = this.#powers;
    let calls = this.#calls(instance);
    let idle_since = clock.monotonic();
    const look = () => {
      const now = this.#calls(instance);
      if (now !== calls || this.#isBusy(instance)) idle_since = clock.monotonic();
      calls = now;
      const left = idle_since + idle_ms - clock.monotonic();
      if (left <= 0) this.#asks.sleep(instance);
      else this.#cancel = clock.after(Math.min(left, idle_ms / LOOKS), look);
    };
    look();
  }

  end(): void {
    this.#cancel();
  }

  #calls({ planned }: Instance): number {
    return this.#powers.broker.statistics.of(planned.spec.api).calls;
  }
  #isBusy({ id, cell, has_run }: Instance): boolean {
    const { broker } = this.#powers;
    return broker.servedBy(id) > 0 || broker.madeBy(id) > 0 || (has_run && cell.runs(id));
  }
}
