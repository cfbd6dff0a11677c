/** What a module's life has to tell of itself: its state, why, and its errors. */
import type { Fault } from "../contract/fault.ts";
import type { ApiName } from "../contract/names.ts";
import type { PlainMap } from "../contract/plain.ts";
import type { Blame, ModuleState } from "../contract/status.ts";
import type { Ending, PartInEnd } from "./ending.ts";
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

  /** Its process has ended. */
  killed(
    { why, to_blame }: Ending,
    blame: Blame | undefined,
    part: PartInEnd,
  ): void {
    const innocent = part === "anothers";
    this.error(innocent ? `${why}; '${to_blame}', which shares its process, is to blame` : why);
    const detail = innocent
      ? { to_blame: to_blame! }
      : { ...detailOf(blame), ...(part === "isolated" && { own_cell: true }) };
    this.#powers.emit({ kind: "module.killed", api: this.#api, message: why, detail });
    if (part === "isolated") {
      this.#powers.log("WARNING", this.#api, "it has a process of its own until its config or source changes");
    }
  }

  quarantined(
    why: string,
    { max, window_s }: { readonly max: number; readonly window_s: number },
    blame: Blame | undefined,
  ): void {
    this.state = "quarantined";
    this.reason = why;
    const message = `restarted ${max} times within ${window_s} s, now quarantined: ${why}`;
    this.#powers.emit({ kind: "module.quarantined", api: this.#api, message, detail: detailOf(blame) });
    this.#powers.log("ERROR", this.#api, `${message}; mend it, then 'quarantine lift ${this.#api}'`);
  }

  /** There is no room for its process; said once. */
  waits(why: string): void {
    if (this.reason !== why) this.#powers.log("WARNING", this.#api, why);
    this.reason = why;
  }

  /** A former kernel gave it up, and nobody has lifted that. */
  restsQuarantined(why: string): void {
    this.reason = why;
    const message = `quarantined since before the host was started: ${why}`;
    this.#powers.emit({ kind: "module.quarantined", api: this.#api, message });
    this.#powers.log("ERROR", this.#api, `${message}; mend it, then 'quarantine lift ${this.#api}'`);
  }
}

/** As events tell it. */
function detailOf(blame: Blame | undefined): PlainMap {
  if (blame === undefined) return {};
  const { limit, call, log } = blame;
  return { ...(limit !== undefined && { limit }), ...(call !== undefined && { call: { ...call } }), log: [...log] };
}
