/** `-n`: a count of lines. */
import { InvalidArgumentError } from "commander";

export const MOST_LINES = 10_000;

/** Throws what commander shows with the option's name. */
export function parseLines(text: string): number {
  const count = /^[0-9]{1,6}$/.test(text) ? Number(text) : NaN;
  if (!(count <= MOST_LINES)) throw new InvalidArgumentError(`It must be a whole number from 0 to ${MOST_LINES}.`);
  return count;
}
