/** The first bucket ends here; what is faster counts as this. */
const LEAST_MS = 0.01;
/** Each bucket ends so much later than the one before: a quantile is right within this factor. */
const STEP = 1.1;
/** About eleven hours; what is slower counts as this. */
const BUCKETS = 233;
const LOG_STEP = Math.log(STEP);

/** How long things took, in constant memory. Only ever forgets all at once. */
export class LatencyHistogram {
  #counts = new Uint32Array(BUCKETS);
  #total = 0;

  get count(): number {
    return this.#total;
  }

  /** A measurement that is no time (NaN, negative) counts as the shortest. */
  record(ms: number): void {
    const steps = ms > LEAST_MS ? Math.ceil(Math.log(ms / LEAST_MS) / LOG_STEP) : 0;
    this.#counts[Math.min(BUCKETS - 1, steps)]!++;
    this.#total++;
  }

  /** The time within which the share `q` (0 to 1) of all was done: at least that, at most a tenth more. Undefined while there is nothing. */
  quantile(q: number): number | undefined {
    if (this.#total === 0) return undefined;
    const rank = Math.max(1, Math.ceil(q * this.#total));
    let seen = 0;
    for (let i = 0; i < BUCKETS; i++) {
      seen += this.#counts[i]!;
      if (seen >= rank) return round(LEAST_MS * STEP ** i);
    }
    return round(LEAST_MS * STEP ** (BUCKETS - 1));
  }

  /** What it has counted, for another one: pairs of bucket and count. */
  counts(): readonly (readonly [number, number])[] {
    return [...this.#counts.entries()].filter(([, count]) => count > 0);
  }
  /** Adds what another one had counted. */
  add(counts: readonly (readonly [number, number])[]): void {
    for (const [bucket, count] of counts) {
      this.#counts[Math.min(BUCKETS - 1, bucket)]! += count;
      this.#total += count;
    }
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }
}

/** Three digits are all that a bucket knows. */
function round(ms: number): number {
  return Number(ms.toPrecision(3));
}
