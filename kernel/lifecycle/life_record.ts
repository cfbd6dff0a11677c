/** What a module's life has to tell of itself: its state, why, and its errors. */
import type { Fault } from "../contract/fault.ts";
import type { ApiName } from "../contract/names.ts";
import type { ModuleState } from "../contract/status.ts";
import type { LifePowers } from "./life_powers.ts";

export class LifeRecord {
  state: ModuleState = "starting";
  /** Why it is failed or quarantined, or why its newest version could not be had. */
  reason: string | undefined;
  errors = 0;
  /** Seconds since the epoch. */
  last_error: number | null = null;
  readonly #api: ApiName;
  readonly #powers: Pick<LifePowers, "clock" | "emit" | "log">;

  constructor(api: ApiName, powers: Pick<LifePowers, "clock" | "emit" | "log">) {
    this.#api = api;
    this.#powers = powers;
  }

  /** An error that is nobody's answer. */
  error(text: string): void {
    this.errors++;
    this.last_error = this.#powers.clock.now() / 1000;
    this.#powers.log("ERROR", this.#api, text);
  }

  failed(message: string, code?: Fault["code"]): void {
    this.error(message);
    this.#powers.emit({ kind: "module.failed", api: this.#api, message, ...(code && { detail: { code } }) });
  }

  loadFailed({ code, message }: Fault): void {
    this.reason = message;
    this.failed(message, code);
  }

  quarantined(why: string, { max, window_s }: { readonly max: number; readonly window_s: number }): void {
    this.state = "quarantined";
    this.reason = why;
    const message = `restarted ${max} times within ${window_s} s, now quarantined: ${why}`;
    this.#powers.emit({ kind: "module.quarantined", api: this.#api, message });
    this.#powers.log("ERROR", this.#api, `${message}; mend it, then 'quarantine lift ${this.#api}'`);
  }
}
