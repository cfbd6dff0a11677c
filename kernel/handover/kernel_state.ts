/**
 * What a kernel tells its successor (architecture.md, "Kernel hot swap"): plain, versioned data that the successor can't learn from the cells, nothing of a
 * module's own. A field that is not known is a refusal, not a guess: a kernel that takes over without understanding something would lose it.
 */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { ToldByBroker } from "../broker/mod.ts";
import type { LifeState } from "../lifecycle/mod.ts";
import { isRecord } from "../primitives/check_fields.ts";

/** Counts up with every change of what stands below. */
export const STATE_FORMAT = 1;

export interface KernelState {
  readonly format: typeof STATE_FORMAT;
  /** Whose state it is: the meta file and the number of that kernel. */
  readonly config: string;
  readonly epoch: number;
  readonly modules: readonly LifeState[];
  readonly calls: ToldByBroker;
}

/** The fields of each level. */
const FIELDS = Object.freeze({
  state: ["format", "config", "epoch", "modules", "calls"],
  calls: ["statistics", "circuits"],
  statistics: ["api", "calls", "faults", "counts"],
  circuits: ["caller", "callee", "faults", "deaths", "death_ago_ms", "opened", "open_ms"],
  module: ["planned", "instance", "state", "reason", "errors", "last_error", "restarts"],
  planned: ["spec", "source", "hash"],
  source: ["origin", "path", "entry", "hash"],
  restarts: ["count", "ago_ms"],
});

/** Its writer is a kernel: what is checked is whether this one understands all of it. */
export function parseKernelState(value: unknown): Result<KernelState> {
  const found = isRecord(value) ? value["format"] : undefined;
  if (found !== STATE_FORMAT) {
    return refused(`its format is ${JSON.stringify(found)}, this kernel reads ${STATE_FORMAT}`);
  }
  const flaw = findFlaw(value as unknown as KernelState);
  return flaw === undefined ? ok(value as unknown as KernelState) : refused(flaw);
}

function findFlaw(state: KernelState): string | undefined {
  const { calls, modules } = state;
  return flawOf("state", state) ?? flawOf("calls", calls, "calls") ??
    listFlaw("statistics", calls.statistics, "calls.statistics") ??
    listFlaw("circuits", calls.circuits, "calls.circuits") ?? listFlaw("module", modules, "modules") ??
    modules.map(({ planned, restarts }, at) =>
      flawOf("planned", planned, `modules[${at}].planned`) ??
        flawOf("source", planned.source, `modules[${at}].planned.source`) ??
        flawOf("restarts", restarts, `modules[${at}].restarts`)
    ).find((flaw) => flaw !== undefined);
}

function listFlaw(of: keyof typeof FIELDS, list: unknown, path: string): string | undefined {
  if (!Array.isArray(list)) return `${path} is no list`;
  return list.map((one, at) => flawOf(of, one, `${path}[${at}]`)).find((flaw) => flaw !== undefined);
}

/** Exactly these fields. */
function flawOf(of: keyof typeof FIELDS, value: unknown, path?: string): string | undefined {
  const at = (name: string) => path === undefined ? `'${name}'` : `'${path}.${name}'`;
  if (!isRecord(value)) return `${path ?? "it"} is no map`;
  const names = FIELDS[of];
  const strange = Object.keys(value).find((name) => !names.includes(name));
  if (strange !== undefined) return `it has ${at(strange)}, which this kernel does not know`;
  const missing = names.find((name) => !Object.hasOwn(value, name));
  return missing === undefined ? undefined : `${at(missing)} is missing`;
}

function refused(flaw: string): Result<never> {
  return refuse(fault("conflict", `Cannot take over the former kernel's state: ${flaw}`, {
    hint:
      "a kernel that reads and writes the same state takes over; any other takes effect when the host is started anew",
    retriable: false,
  }));
}
