/** Calls, faults and latencies of each api, in constant memory. */
import { CallShares, type EndedCall } from "./call_shares.ts";
import { LatencyHistogram } from "../primitives/latency_histogram.ts";

export interface CallFigures {
  readonly calls: number;
  readonly faults: number;
  readonly p50_ms: number | null;
  readonly p99_ms: number | null;
}

/** What a kernel tells its successor: `counts` as latency_histogram.ts has them. */
export interface ToldFigures {
  readonly api: string;
  readonly calls: number;
  readonly faults: number;
  readonly counts: readonly (readonly [number, number])[];
}

export class CallStatistics {
  /** Of services of which another instance has a part of the calls. */
  readonly shares = new CallShares();
  readonly #apis = new Map<string, { calls: number; faults: number; latency: LatencyHistogram }>();

  record(entry: EndedCall, ms: number, ok: boolean): void {
    const { api } = entry;
    if (this.shares.size > 0) this.shares.ended(entry, ms, ok);
    let figures = this.#apis.get(api);
    if (figures === undefined) this.#apis.set(api, figures = { calls: 0, faults: 0, latency: new LatencyHistogram() });
    figures.calls++;
    if (!ok) figures.faults++;
    figures.latency.record(ms);
  }

  of(api: string): CallFigures {
    const figures = this.#apis.get(api);
    if (figures === undefined) return { calls: 0, faults: 0, p50_ms: null, p99_ms: null };
    const { calls, faults, latency } = figures;
    return { calls, faults, p50_ms: latency.quantile(0.5) ?? null, p99_ms: latency.quantile(0.99) ?? null };
  }

  /** For the next kernel. */
  told(): readonly ToldFigures[] {
    return [...this.#apis].map(([api, { calls, faults, latency }]) => ({
      api,
      calls,
      faults,
      counts: latency.counts(),
    }));
  }
  /** From the former one. */
  take(told: readonly ToldFigures[]): void {
    for (const { api, calls, faults, counts } of told) {
      const latency = new LatencyHistogram();
      latency.add(counts);
      this.#apis.set(api, { calls, faults, latency });
    }
  }

  forget(api: string): void {
    this.#apis.delete(api);
  }
}
