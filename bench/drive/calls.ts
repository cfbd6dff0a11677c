/**
 * Drives calls and counts them. The same file runs everywhere: in a contender's host, in a bare Worker, and, copied into a home, in a module
 * whose clock goes in steps of a millisecond.
 */
export type Call = (n: number) => Promise<unknown>;

export interface Throughput {
  readonly calls_per_s: number;
  readonly calls: number;
  readonly faults: number;
}

/** Calls one after the other; the time of each in µs, sorted. Needs a clock finer than a call. */
export async function timeEach(call: Call, ms: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + ms;
  for (let n = 0, before = performance.now(); before < end; n++) {
    await call(n);
    const after = performance.now();
    times.push((after - before) * 1_000);
    before = after;
  }
  return times.sort(ascending);
}

/** Calls one after the other, the clock read once in a block of them: the mean µs of a call in each block, sorted. For a coarse clock. */
export async function timeBlocks(call: Call, ms: number, block: number): Promise<number[]> {
  const means: number[] = [];
  const end = performance.now() + ms;
  for (let before = performance.now(); before < end;) {
    for (let n = 0; n < block; n++) await call(n);
    const after = performance.now();
    means.push((after - before) * 1_000 / block);
    before = after;
  }
  return means.sort(ascending);
}

/** So many calls always under way, each lane making its next when it has its answer. The clock is read once in 16 calls. */
export async function count(call: Call, in_flight: number, ms: number): Promise<Throughput> {
  const start = performance.now();
  const end = start + ms;
  let made = 0;
  let calls = 0;
  let faults = 0;
  let over = false;
  const lane = async (): Promise<void> => {
    while (!over) {
      if ((made & 15) === 0) over = performance.now() >= end;
      try {
        await call(made++);
        calls++;
      } catch {
        faults++;
      }
    }
  };
  await Promise.all(Array.from({ length: in_flight }, lane));
  return { calls_per_s: calls / (performance.now() - start) * 1_000, calls, faults };
}

/** Until the code is compiled and the buffers have grown. */
export async function warmUp(call: Call, calls = 20_000): Promise<void> {
  const lanes = 64;
  const lane = async (): Promise<void> => {
    for (let n = 0; n < calls / lanes; n++) await call(n);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  for (let n = 0; n < 1_000; n++) await call(n);
}

/** The value below which so much (0 to 1) of the sorted ones lie. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

export function ascending(a: number, b: number): number {
  return a - b;
}
