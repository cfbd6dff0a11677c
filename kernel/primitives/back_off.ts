/** How long to wait: `first_ms` before attempt 1, then `factor` times as long each time, never above `most_ms`. */
export interface BackOffRule {
  readonly first_ms: number;
  readonly factor: number;
  readonly most_ms: number;
}

/** What restarts use: 100 ms, 200 ms, … up to 5 s. */
export const RESTART_BACK_OFF: BackOffRule = Object.freeze({ first_ms: 100, factor: 2, most_ms: 5_000 });

/**
 * Milliseconds before attempt 1, 2, 3, …; `unit` is a random number, 0 ≤ unit < 1. The wait is between half and all of what the rule says, so that
 * those who failed together don't come back together.
 */
export function backOff(attempt: number, unit: number, rule: BackOffRule = RESTART_BACK_OFF): number {
  const full = Math.min(rule.most_ms, rule.first_ms * rule.factor ** (Math.max(1, attempt) - 1));
  return Math.round(full / 2 + unit * full / 2);
}
