/** Orders that need nothing but a way of calling: they can be carried out in a host and in a module. */
import { type Call, count, quantile, timeBlocks, timeEach, warmUp } from "./calls.ts";

export type CallOrder =
  | { readonly do: "warm up" }
  | { readonly do: "latency"; readonly ms: number; readonly block?: number }
  | { readonly do: "throughput"; readonly in_flight: number; readonly ms: number };

export type Figures = Readonly<Record<string, number>>;

export async function carryOutCalls(order: CallOrder, call: Call): Promise<Figures> {
  switch (order.do) {
    case "warm up":
      await warmUp(call);
      return {};
    case "latency": {
      const { ms, block } = order;
      const times = block === undefined ? await timeEach(call, ms) : await timeBlocks(call, ms, block);
      return { p50_us: quantile(times, 0.5), p99_us: quantile(times, 0.99), samples: times.length };
    }
    case "throughput":
      return { ...await count(call, order.in_flight, order.ms) };
  }
}
