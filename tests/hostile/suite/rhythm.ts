/** How long the neighbour takes, as its own caller sees it. */
import type { HostUnderAttack } from "../neighbour.ts";

/** Milliseconds of each call, in order of size. */
export type Rhythm = readonly number[];

/** Of all calls that the pulse makes within this time. */
export async function rhythm(attacked: HostUnderAttack, ms: number): Promise<Rhythm> {
  await attacked.call("pulse", "times");
  await new Promise((resolve) => setTimeout(resolve, ms));
  return (await attacked.call<number[]>("pulse", "times")).sort((a, b) => a - b);
}

export function percentile(times: Rhythm, part: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
}
