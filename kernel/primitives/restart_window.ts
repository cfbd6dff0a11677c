/** At most `max` restarts within any `window_s` seconds. */
export interface RestartRule {
  readonly max: number;
  readonly window_s: number;
}

/** What to do about one more end, and the restarts to remember (in milliseconds of the caller's clock, oldest first). */
export type RestartVerdict =
  | { readonly verdict: "restart"; readonly restarts: readonly number[] }
  | { readonly verdict: "give_up"; readonly restarts: readonly number[] };

/** Counts one more end at `now_ms`: the `max`-th restart within the window is still made, the next is not. `restarts` is what the last verdict said. */
export function judgeRestart(restarts: readonly number[], now_ms: number, rule: RestartRule): RestartVerdict {
  const recent = restarts.filter((at) => now_ms - at < rule.window_s * 1_000);
  if (recent.length >= rule.max) return { verdict: "give_up", restarts: recent };
  return { verdict: "restart", restarts: [...recent, now_ms] };
}
