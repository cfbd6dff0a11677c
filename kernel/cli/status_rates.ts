/** What two looks at a host tell together: how fast it goes, and where its memory is going. */
import type { HostStatus, ModuleStatus } from "../contract/status.ts";

/** Undefined where there is nothing to compare with: the first look, or a process or a kernel that is another one now. */
export interface Rates {
  readonly calls_per_s?: number;
  readonly faults_per_s?: number;
  /** Percent of one core. */
  readonly cpu_share?: number;
  /** MiB at the latest looks, oldest first; of the process that runs now. */
  readonly memory: readonly number[];
}

const NOTHING: Rates = Object.freeze({ memory: [] });
/** Looks that the trend of the memory is drawn from. */
const REMEMBERED = 12;

interface Look {
  readonly at_ms: number;
  readonly status: HostStatus;
}

export class StatusRates {
  #last: Look | undefined;
  #rates = new Map<string, Rates>();

  /** `at_ms`: by a clock that never goes back. */
  add(status: HostStatus, at_ms: number): void {
    const before = this.#last;
    const seconds = before === undefined ? 0 : (at_ms - before.at_ms) / 1_000;
    const same_kernel = before?.status.kernel.pid === status.kernel.pid;
    const rates = new Map<string, Rates>();
    for (const module of status.modules) {
      const former = before?.status.modules.find(({ api }) => api === module.api);
      const history = former?.pid === module.pid ? this.of(module.api).memory : [];
      rates.set(module.api, {
        ...(former !== undefined && seconds > 0 && rateOf(former, module, seconds, same_kernel)),
        memory: module.pid === null ? [] : [...history, module.memory_mb].slice(-REMEMBERED),
      });
    }
    this.#rates = rates;
    this.#last = { at_ms, status };
  }

  of(api: string): Rates {
    return this.#rates.get(api) ?? NOTHING;
  }
}

/** A kernel counts calls since its own start; a process, its processor time. */
function rateOf(
  before: ModuleStatus,
  now: ModuleStatus,
  seconds: number,
  same_kernel: boolean,
): Omit<Rates, "memory"> {
  const counted = same_kernel && now.calls >= before.calls && now.faults >= before.faults;
  const worked = now.pid !== null && now.pid === before.pid && now.cpu_s >= before.cpu_s;
  return {
    ...(counted && { calls_per_s: (now.calls - before.calls) / seconds }),
    ...(counted && { faults_per_s: (now.faults - before.faults) / seconds }),
    ...(worked && { cpu_share: 100 * (now.cpu_s - before.cpu_s) / seconds }),
  };
}
