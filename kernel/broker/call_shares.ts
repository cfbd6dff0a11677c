/** A part of a service's calls goes to another instance for a while, and both are measured: how a candidate does with what is really asked. */
import { LatencyHistogram } from "../primitives/latency_histogram.ts";
import type { CallEntry } from "./call_ledger.ts";
import type { Seat } from "./seat.ts";

export interface ShareOptions {
  /** Of the calls, above 0 and at most 1. */
  readonly part: number;
  /** Entries of the aspect `tool`, the only calls that are shared out: their doing twice, or not at all, harms nobody. */
  readonly entries: ReadonlySet<string>;
  readonly aspect: string;
}

export interface SideFigures {
  readonly calls: number;
  readonly faults: number;
  readonly p99_ms: number | null;
}
export interface ShareFigures {
  readonly candidate: SideFigures;
  readonly current: SideFigures;
}

interface Side {
  calls: number;
  faults: number;
  readonly latency: LatencyHistogram;
}
interface Share extends ShareOptions {
  readonly seat: Seat;
  readonly candidate: Side;
  readonly current: Side;
  asked: number;
}

export type EndedCall = Pick<CallEntry, "api" | "aspect" | "name" | "to">;

export class CallShares {
  readonly #shares = new Map<string, Share>();

  /** Most of the time there are none, and no call asks further. */
  get size(): number {
    return this.#shares.size;
  }

  begin(seat: Seat, options: ShareOptions): void {
    this.#shares.set(seat.api, { ...options, seat, candidate: newSide(), current: newSide(), asked: 0 });
  }

  /** From now on all calls go where they went. Undefined when there was no share. */
  end(api: string): ShareFigures | undefined {
    const share = this.#shares.get(api);
    this.#shares.delete(api);
    return share && { candidate: figuresOf(share.candidate), current: figuresOf(share.current) };
  }

  /** The candidate, for its part of the calls, evenly: of ten at a tenth every tenth. */
  seatFor(
    { api, aspect, name }: { readonly api: string; readonly aspect: string; readonly name: string },
  ): Seat | undefined {
    const share = this.#shares.get(api);
    if (share === undefined || aspect !== share.aspect || !share.entries.has(name)) return undefined;
    const before = Math.floor(share.asked * share.part);
    return Math.floor(++share.asked * share.part) > before ? share.seat : undefined;
  }

  /** Counts what both sides did with calls of the kind that is shared out. */
  ended({ api, aspect, name, to }: EndedCall, ms: number, ok: boolean): void {
    const share = this.#shares.get(api);
    if (share === undefined || to === undefined || aspect !== share.aspect || !share.entries.has(name)) return;
    const by = to.instance;
    const side = by === share.seat.instance ? share.candidate : share.current;
    side.calls++;
    if (!ok) side.faults++;
    side.latency.record(ms);
  }
}

function newSide(): Side {
  return { calls: 0, faults: 0, latency: new LatencyHistogram() };
}

function figuresOf({ calls, faults, latency }: Side): SideFigures {
  return { calls, faults, p99_ms: latency.quantile(0.99) ?? null };
}
