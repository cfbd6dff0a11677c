/** How much is tried, and from which seed. `deno task fuzz --inputs N --seed S` sets both. */
/** Inputs of each channel: a frame, a line or a request of random or mutated content. */
export const INPUTS = Number(Deno.env.get("FUZZ_INPUTS") ?? 200_000);

/** For fast-check: the seed that was set, else one of its own, which it prints when a property fails. */
export function propertySettings(runs: number): { numRuns: number; seed?: number } {
  const seed = Deno.env.get("FUZZ_SEED");
  const numRuns = Math.ceil(runs * Math.max(1, INPUTS / 200_000));
  return seed === undefined ? { numRuns } : { numRuns, seed: Number(seed) | 0 };
}
