/** What a share of the real calls says of a candidate: it may not fail more often, nor be slower, than what it would replace. */
import type { ProposalFinding, ShareOutcome, ShareSide } from "meta-machine";

export interface ShareBounds {
  /** Part of the calls that may fail beyond what fails anyhow. */
  readonly max_faults: number;
  readonly slower: number;
}

/** Fewer calls say nothing of a p99. */
const LEAST_CALLS = 20;
const NOISE_MS = 50;

export function shareFinding(
  { candidate, current }: ShareOutcome,
  { max_faults, slower }: ShareBounds,
): ProposalFinding {
  const told = `its calls: ${wordsOf(candidate)}; those of what it would replace: ${wordsOf(current)}`;
  const why = failsMore(candidate, current, max_faults) ?? isSlower(candidate, current, slower);
  return { check: "share", passed: why === undefined, said: why === undefined ? told : `${why}: ${told}` };
}

function failsMore(candidate: ShareSide, current: ShareSide, max_faults: number): string | undefined {
  const allowed = partOf(current) + max_faults;
  return candidate.calls > 0 && partOf(candidate) > allowed ? "it fails more often" : undefined;
}

function isSlower(candidate: ShareSide, current: ShareSide, slower: number): string | undefined {
  if (candidate.calls < LEAST_CALLS || candidate.p99_ms === null || current.p99_ms === null) return undefined;
  return candidate.p99_ms > current.p99_ms * slower + NOISE_MS ? "it is slower" : undefined;
}

function partOf({ calls, faults }: ShareSide): number {
  return calls === 0 ? 0 : faults / calls;
}

function wordsOf({ calls, faults, p99_ms }: ShareSide): string {
  return `${faults} of ${calls} failed${p99_ms === null ? "" : `, p99 ${Math.round(p99_ms)} ms`}`;
}
