/** The failures of one module that outlive the kernel: its restarts, its quarantine, who was to blame, and whether it sits alone for that. */
import type { PlannedModule } from "../contract/spec.ts";
import type { Blame } from "../contract/status.ts";
import { blameOf, type Ending, type PartInEnd } from "./ending.ts";
import type { LifePowers } from "./life_powers.ts";
import type { RestartPolicy } from "./restart_policy.ts";

export class LifeFate {
  readonly #powers: Pick<LifePowers, "clock" | "fates" | "lastLines" | "leadership">;
  readonly #restarts: RestartPolicy;
  /** Of its last end that was not asked for. */
  blame: Blame | undefined;
  /** Why it is quarantined since before this kernel. */
  quarantined: string | undefined;
  own_cell = false;

  /** What a former kernel kept of this very version counts on. */
  constructor({ spec: { api }, hash }: PlannedModule, powers: LifePowers, restarts: RestartPolicy) {
    this.#powers = powers;
    this.#restarts = restarts;
    const kept = powers.fates.of(api);
    if (kept === undefined || kept.hash !== hash) return;
    this.blame = kept.blame;
    this.quarantined = kept.quarantined;
    this.own_cell = kept.own_cell === true;
    const now = powers.clock.now();
    const ago_ms = kept.restarts.map((time) => Math.max(0, now - time));
    restarts.take({ count: restarts.count, ago_ms });
  }

  /** Its process has ended; gives what is wanted from now on. */
  died(planned: PlannedModule, ending: Ending, part: PartInEnd): PlannedModule {
    if (part === "anothers") return planned;
    this.blame = blameOf(ending, this.#powers, planned.spec.api);
    if (part === "its_own") return planned;
    this.own_cell = true;
    return alone(planned);
  }

  /** As it stands now. `quarantined`: why, when it is. */
  keep({ spec: { api }, hash }: PlannedModule, quarantined?: string): void {
    if (!this.#powers.leadership.leads) return; // it is for the kernel that leads to say
    const now = this.#powers.clock.now();
    this.#powers.fates.keep(api, {
      hash,
      restarts: this.#restarts.told().ago_ms.map((ago) => now - ago),
      ...(quarantined !== undefined && { quarantined }),
      ...(this.own_cell && { own_cell: true }),
      ...(this.blame !== undefined && { blame: this.blame }),
    });
  }

  /** A clean record: a new version, or the operator's word. */
  forgiven({ spec: { api, cell } }: PlannedModule): void {
    this.quarantined = undefined;
    this.own_cell = this.own_cell && cell === "own";
    this.#powers.fates.forget(api);
  }
}

/** The same module with a process of its own, whatever its config says. */
export function alone(planned: PlannedModule): PlannedModule {
  return { ...planned, spec: { ...planned.spec, cell: "own" } };
}
