/** A hand-over, as far as calls go: what the next kernel is told, and how the former one comes to its end. */
import { fault } from "../contract/fault.ts";
import type { CallFlow } from "./call_flow.ts";
import type { ToldFigures } from "./call_statistics.ts";
import type { ToldEdge } from "./circuit_table.ts";
import type { KernelCalls } from "./kernel_calls.ts";

/** What a kernel tells its successor of calls: all that it can't learn from the cells. */
export interface ToldByBroker {
  readonly statistics: readonly ToldFigures[];
  readonly circuits: readonly ToldEdge[];
}

export class CallsHandedOver {
  readonly #flow: CallFlow;
  readonly #kernel: KernelCalls;

  constructor(flow: CallFlow, kernel: KernelCalls) {
    this.#flow = flow;
    this.#kernel = kernel;
  }

  /** For the next kernel. */
  told(): ToldByBroker {
    return { statistics: this.#flow.statistics.told(), circuits: this.#flow.circuits.told() };
  }
  /** From the former one. */
  take({ statistics, circuits }: ToldByBroker): void {
    this.#flow.statistics.take(statistics);
    this.#flow.circuits.take(circuits);
  }

  /** Another kernel leads: calls that wait go there, calls with a seat are finished here. */
  retire(): void {
    this.#flow.holding.retire();
  }
  /** Whether a call is not over. */
  get busy(): boolean {
    return this.#flow.ledger.size > 0 || this.#kernel.size > 0;
  }
  /** What a retired kernel has had no time to finish ends, and may be made again. */
  endAll(text: string): void {
    for (const entry of this.#flow.ledger.where(() => true)) {
      this.#flow.breakOff(entry, fault("moved", text, { maybe_ran: entry.to !== undefined }));
    }
  }
}
