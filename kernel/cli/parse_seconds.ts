/** `--watch SECONDS`. */
import { InvalidArgumentError } from "commander";

/** Throws what commander shows with the option's name. */
export function parseSeconds(text: string): number {
  const seconds = /^\d{1,4}(?:\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
  if (seconds >= 0.1 && seconds <= 3_600) return seconds;
  throw new InvalidArgumentError("It must be a number of seconds from 0.1 to 3600; an api name stands before it.");
}
