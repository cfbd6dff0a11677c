/** What a module's Worker says beside its calls: lines for its log, how many it left out, limits of its own realm that it hit. */
import type { LimitHit } from "../../contract/events.ts";
import type { Limits } from "../../contract/limits.ts";
import type { InstanceId } from "../../contract/names.ts";
import type { Clock } from "../../contract/powers.ts";
import type { LoadOrder } from "../../contract/wire.ts";
import type { FromWorker } from "../port.ts";
import type { ModuleLog } from "./module_log.ts";

export type AsideWord = Extract<FromWorker, { t: "log" | "dropped" | "limit" }>;
/** A limit that a module hit, as the wire tells it. */
export type ModuleHit = Pick<LimitHit, "found" | "allowed"> & { readonly limit: keyof Limits };

/** A storm of timers hits its limit with each of them. */
const PAUSE_MS = 1_000;

export class ModuleAsides {
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #log: ModuleLog;
  readonly #hit: (instance: InstanceId, hit: ModuleHit) => void;
  readonly #hit_at = new Map<InstanceId, number>();

  constructor(
    clock: Pick<Clock, "monotonic">,
    log: ModuleLog,
    hit: (instance: InstanceId, hit: ModuleHit) => void,
  ) {
    this.#clock = clock;
    this.#log = log;
    this.#hit = hit;
  }

  take(instance: InstanceId, { api, limits }: LoadOrder, word: AsideWord): void {
    const { log_lines_per_s } = limits;
    if (word.t === "log") return this.#log.print(api, word.level, word.text, log_lines_per_s);
    if (word.t === "dropped") return this.#log.leftOut(api, word.lines, log_lines_per_s);
    const { limit, found, allowed } = word;
    const now = this.#clock.monotonic();
    if (limit !== "timers" || now - (this.#hit_at.get(instance) ?? -Infinity) < PAUSE_MS) return;
    this.#hit_at.set(instance, now);
    this.#log.print(api, "WARNING", `limits.${limit}: ${found} found, ${allowed} allowed`, log_lines_per_s);
    this.#hit(instance, { limit, found, allowed });
  }

  forget(instance: InstanceId): void {
    this.#hit_at.delete(instance);
  }
}
