/** How a process ended that modules sat in, and what that says of one of them. */
import type { Blame } from "../contract/status.ts";
import { clipText } from "../primitives/clip_text.ts";
import type { LifePowers } from "./life_powers.ts";

export interface Ending {
  readonly why: string;
  /** The limit that its shell says was hit. */
  readonly limit?: string;
  /** The module that hit it, where that is known. */
  readonly to_blame?: string;
  /** The call whose code was running, and who made it. */
  readonly call?: { readonly caller: string; readonly method: string };
  /** Several modules sat there. */
  readonly shared: boolean;
}

/** What a module had to do with it. `isolated`: it took those with it that shared its process, and gets one of its own. */
export type PartInEnd = "its_own" | "anothers" | "isolated";

export function partIn({ to_blame, shared }: Ending, api: string): PartInEnd {
  if (to_blame === undefined || !shared) return "its_own";
  return to_blame === api ? "isolated" : "anothers";
}

/** An event and a file hold so much of a log. */
const LINES = 5;
const LINE_UNITS = 300;

/** What is to be remembered of it. */
export function blameOf(
  { why, limit, call }: Ending,
  powers: Pick<LifePowers, "clock" | "lastLines">,
  api: string,
): Blame {
  const log = powers.lastLines(api).slice(-LINES).map((line) => clipText(line, LINE_UNITS));
  const time = powers.clock.now() / 1_000;
  return { time, why, ...(limit !== undefined && { limit }), ...(call !== undefined && { call }), log };
}
