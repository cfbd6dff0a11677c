/**
 * A service dies of what one caller asked of it, and others' calls wait there. The cell's last words tell which call's code was running, and which calls had
 * not begun: the caller of the first is blamed (circuit_table.ts), and the others are spared: they wait for the next instance.
 */
import type { CellId, InstanceId } from "../contract/names.ts";
import type { LastWords } from "../contract/wire.ts";
import type { CallEntry } from "./call_ledger.ts";
import type { CallFlow } from "./call_flow.ts";

/** The call of which a service died. */
export interface GuiltyCall {
  readonly caller: string;
  readonly method: string;
}

const NONE: ReadonlySet<number> = new Set();

export class Hostages {
  readonly #flow: CallFlow;
  readonly #spared = new Map<InstanceId, ReadonlySet<number>>();

  constructor(flow: CallFlow) {
    this.#flow = flow;
  }

  /** What a cell says of its end is a rumour: it speaks of calls that are there, or of none. */
  dying(cell: CellId, instance: InstanceId, { running, spared }: LastWords): GuiltyCall | undefined {
    const { ledger, circuits } = this.#flow;
    const there = ledger.where(({ to }) => to?.instance === instance && to.port.cell === cell);
    if (there.length === 0) return undefined;
    const unbegun = new Set(spared);
    this.#spared.set(instance, unbegun);
    const begun = there.filter(({ id }) => !unbegun.has(id));
    const guilty = running === undefined ? onlyCaller(begun) : begun.find(({ id }) => id === running);
    if (guilty === undefined) return undefined;
    if (guilty.from !== undefined) circuits.blame(guilty.from.api, guilty.api);
    return { caller: guilty.caller.api, method: guilty.name };
  }

  /** The instance's calls that had not begun, as its cell said before it ended; none, when it said nothing. */
  takeSpared(instance: InstanceId): ReadonlySet<number> {
    const spared = this.#spared.get(instance) ?? NONE;
    this.#spared.delete(instance);
    return spared;
  }
}

/** A call of the one module that has calls there; where several have, nobody knows whose it was. */
function onlyCaller(calls: readonly CallEntry[]): CallEntry | undefined {
  const [first] = calls;
  return calls.every(({ from }) => from?.api === first?.from?.api) ? first : undefined;
}
