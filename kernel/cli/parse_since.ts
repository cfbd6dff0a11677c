/** `--since`: a time, or how long ago. */
import { InvalidArgumentError } from "commander";

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** As records have it, ISO 8601 in UTC. Throws what commander shows with the option's name. */
export function parseSince(text: string, now_ms: number = Date.now()): string {
  const ago = /^(\d{1,6}(?:\.\d{1,3})?)([smhd])$/.exec(text);
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  const time = ago !== null
    ? now_ms - Number(ago[1]) * UNITS[ago[2]!]!
    : clock !== null
    ? lastTimeOfDay(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), now_ms)
    : /^\d{4}-\d\d-\d\d/.test(text)
    ? Date.parse(text.length === 10 ? `${text}T00:00` : text)
    : NaN;
  try {
    return new Date(time).toISOString();
  } catch {
    throw new InvalidArgumentError("It must be a time, such as 10m, 2h, 3d, 14:30 or 2026-01-31T12:00.");
  }
}

/** Today, or yesterday when today's is still to come; of the clock on this wall. */
function lastTimeOfDay(hours: number, minutes: number, seconds: number, now_ms: number): number {
  const time = new Date(now_ms);
  time.setHours(hours, minutes, seconds, 0);
  if (time.getTime() > now_ms) time.setDate(time.getDate() - 1);
  return time.getTime();
}
