/** What is measured: each row of the table, in its order. */
import type { ContenderName } from "./contender.ts";
import type { LineName } from "./line_names.ts";

export interface Row {
  readonly id: string;
  readonly line: LineName;
  /** `{n}`: how many modules a herd has. */
  readonly says: string;
  readonly unit: string;
  readonly better: "less" | "more";
  /** Below this a value is as good as none, and no ratio is made of it. */
  readonly nothing_below?: number;
}

// deno-fmt-ignore
export const ROWS = [
  { id: "call_p50", line: "call", says: "call, one in flight, p50, pinned", unit: "µs", better: "less" },
  { id: "rate_1", line: "throughput", says: "calls, 1 in flight", unit: "/s", better: "more" },
  { id: "rate_16", line: "throughput", says: "calls, 16 in flight", unit: "/s", better: "more" },
  { id: "rate_256", line: "throughput", says: "calls, 256 in flight", unit: "/s", better: "more" },
  { id: "module_p50", line: "modules", says: "module to module, one in flight, p50, pinned", unit: "µs", better: "less" },
  { id: "module_rate_256", line: "modules", says: "module to module, 256 in flight", unit: "/s", better: "more" },
  { id: "cold", line: "cold", says: "one more module, until its first answer", unit: "ms", better: "less" },
  { id: "warm", line: "warm", says: "the same in a process kept ready", unit: "ms", better: "less" },
  { id: "boot", line: "boot", says: "{n} modules, until all have answered", unit: "ms", better: "less" },
  { id: "memory", line: "memory", says: "memory for each of them (PSS of all processes)", unit: "MB", better: "less" },
  { id: "idle", line: "idle", says: "processor time while all are idle", unit: "% of a core", better: "less", nothing_below: 0.5 },
  { id: "reload_p50", line: "reload", says: "reload under 500 calls/s: longest gap, p50", unit: "ms", better: "less" },
  { id: "reload_p95", line: "reload", says: "the same, p95", unit: "ms", better: "less" },
  { id: "swap_quiet_p99", line: "swap", says: "module to module, 1,000 calls/s: p99", unit: "ms", better: "less" },
  { id: "swap_p99", line: "swap", says: "the same while one kernel follows another", unit: "ms", better: "less" },
  { id: "swap_worst", line: "swap", says: "the same, the slowest call", unit: "ms", better: "less" },
  { id: "bracket_text_1", line: "bracket", says: "Bracket Protocol: 1 MB of text between blocks", unit: "MB/s", better: "more" },
  { id: "bracket_text_5", line: "bracket", says: "the same, 5 MB", unit: "MB/s", better: "more" },
  { id: "bracket_text_50", line: "bracket", says: "the same, 50 MB", unit: "MB/s", better: "more" },
  { id: "bracket_block_1", line: "bracket", says: "Bracket Protocol: 1 MB of calls in blocks", unit: "MB/s", better: "more" },
  { id: "bracket_block_5", line: "bracket", says: "the same, 5 MB", unit: "MB/s", better: "more" },
  { id: "bracket_block_50", line: "bracket", says: "the same, 50 MB", unit: "MB/s", better: "more" },
  { id: "bracket_tokens_5", line: "bracket", says: "the same, 5 MB in pieces of 16 characters", unit: "MB/s", better: "more" },
] as const satisfies readonly Row[];

export type RowId = typeof ROWS[number]["id"];

/** One value for each round. */
export class FiguresTable {
  readonly #modules: number;
  readonly #values = new Map<string, number[]>();
  /** Why a row or a contender has no figure, or what went wrong. */
  readonly remarks: string[] = [];

  /** `modules`: how many a herd has. */
  constructor(modules: number) {
    this.#modules = modules;
  }

  saysOf(row: Row): string {
    return row.says.replace("{n}", String(this.#modules));
  }

  note(id: RowId, contender: ContenderName, value: number): void {
    const key = `${id} ${contender}`;
    this.#values.set(key, [...this.values(id, contender), value]);
  }
  remark(text: string): void {
    if (!this.remarks.includes(text)) this.remarks.push(text);
  }

  values(id: RowId, contender: ContenderName): readonly number[] {
    return this.#values.get(`${id} ${contender}`) ?? [];
  }
  median(id: RowId, contender: ContenderName): number | undefined {
    const sorted = this.values(id, contender).toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1];
  }

  /** How many times worse than the other: 1 is par, below 1 is better. */
  timesWorse(row: Row & { id: RowId }, contender: ContenderName, than: ContenderName): number | undefined {
    const a = this.median(row.id, contender);
    const b = this.median(row.id, than);
    if (a === undefined || b === undefined || Math.min(a, b) < (row.nothing_below ?? Number.MIN_VALUE)) {
      return undefined;
    }
    return row.better === "less" ? a / b : b / a;
  }
}
