/** Orders to a contender's host, and how they are carried out with what each contender can do. */
import { ascending, quantile } from "./calls.ts";
import { type CallOrder, carryOutCalls, type Figures } from "./call_orders.ts";

export type HostOrder =
  | CallOrder
  /** Carried out in a module that calls another one. */
  | { readonly do: "in module"; readonly order: CallOrder }
  /** One more module, again and again, each ended after its first answer: the ms until that. */
  | { readonly do: "cold"; readonly times: number; readonly pause_ms: number }
  /** So many modules, at most four starting at once; they stay. */
  | { readonly do: "boot"; readonly count: number }
  /** Replaces the module that is called at this rate. */
  | { readonly do: "reload"; readonly times: number; readonly calls_per_s: number };

export interface DrivenHost {
  /** Calls `echo` of the first module. */
  call(n: number): Promise<unknown>;
  inModule?(order: CallOrder): Promise<Figures>;
  /** Starts module number `n` and resolves with its first answer. */
  startOne(n: number): Promise<unknown>;
  endOne(n: number): Promise<unknown>;
  /** What startOne needs beforehand. */
  prepare?(): Promise<void>;
  /** Replaces the first module while calls go on; resolves when the new one serves. */
  reload?(): Promise<void>;
}

/** As many as the kernel starts at once by default. */
const STARTING_AT_ONCE = 4;

export async function carryOut(order: HostOrder, host: DrivenHost): Promise<Figures> {
  switch (order.do) {
    case "in module":
      if (host.inModule === undefined) throw new Error("there is no module here that calls another one");
      return await host.inModule(order.order);
    case "cold":
      return await startCold(order, host);
    case "boot":
      return await boot(order.count, host);
    case "reload":
      return await reloadUnderCalls(order, host);
    default:
      return await carryOutCalls(order, (n) => host.call(n));
  }
}

async function startCold({ times, pause_ms }: HostOrder & { do: "cold" }, host: DrivenHost): Promise<Figures> {
  await host.prepare?.();
  const found: number[] = [];
  for (let n = 0; n < times; n++) {
    await pause(pause_ms);
    const order = performance.now();
    await host.startOne(0);
    found.push(performance.now() - order);
    await host.endOne(0);
  }
  found.sort(ascending);
  return { p50_ms: quantile(found, 0.5), worst_ms: found.at(-1)!, samples: times };
}

async function boot(modules: number, host: DrivenHost): Promise<Figures> {
  await host.prepare?.();
  const start = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < modules) await host.startOne(next++);
  };
  await Promise.all(Array.from({ length: STARTING_AT_ONCE }, lane));
  return { ms: performance.now() - start, modules };
}

/** The longest time without an answer from the order to reload until a moment after the new one serves. Calls don't wait for one another. */
async function reloadUnderCalls(
  { times, calls_per_s }: HostOrder & { do: "reload" },
  host: DrivenHost,
): Promise<Figures> {
  let faults = 0;
  let calls = 0;
  let longest = 0;
  let last = performance.now();
  let over = false;
  const answered = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const caller = async (): Promise<void> => {
    const start = performance.now();
    while (!over) {
      for (; calls < (performance.now() - start) / 1_000 * calls_per_s; calls++) {
        host.call(calls).then(answered, () => faults++);
      }
      await pause(1);
    }
  };
  const calling = caller();
  const gaps: number[] = [];
  for (let n = 0; n < times; n++) {
    await pause(100);
    longest = 0;
    await host.reload!();
    await pause(50);
    gaps.push(Math.max(longest, performance.now() - last));
  }
  over = true;
  await calling;
  gaps.sort(ascending);
  return { p50_ms: quantile(gaps, 0.5), p95_ms: quantile(gaps, 0.95), worst_ms: gaps.at(-1)!, calls, faults };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
