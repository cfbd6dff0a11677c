/** Limits of its own that a module says were hit (`kernel.reportLimit`): events, few enough to read. */
import type { EmitEvent } from "./contract/events.ts";
import { fault, ok, refuse, type Result } from "./contract/fault.ts";
import type { Clock } from "./contract/powers.ts";
import { isAmount, isRecord } from "./primitives/check_fields.ts";
import { clipText } from "./primitives/clip_text.ts";

/** Of one module in a minute; how many more there were stands in the next one. */
const PER_MINUTE = 20;
const NAME = /^[a-z][a-z_]{0,63}$/;
const WORDS = 4;
const WORD_UNITS = 300;

interface Counted {
  minute: number;
  told: number;
  left_out: number;
}

/** Takes what a module reports; refuses what is no limit. */
export function limitReports(
  emit: EmitEvent,
  clock: Pick<Clock, "monotonic">,
): (api: string, report: unknown) => Result<undefined> {
  const counted = new Map<string, Counted>();
  return (api, report) => {
    const hit = parseHit(report);
    if (hit === undefined) {
      const hint = "pass {limit: 'slow_ms', found: 900, allowed: 250, about: {…up to 4 short texts}}";
      return refuse(fault("invalid_argument", "that is no report of a limit", { hint }));
    }
    const minute = Math.floor(clock.monotonic() / 60_000);
    const count = counted.get(api) ?? { minute, told: 0, left_out: 0 };
    counted.set(api, count);
    if (count.minute !== minute) Object.assign(count, { minute, told: 0 });
    if (count.told >= PER_MINUTE) {
      count.left_out++;
      return ok(undefined);
    }
    count.told++;
    const { limit, found, allowed, about } = hit;
    const detail = { limit, found, allowed, ...about, ...(count.left_out > 0 && { left_out: count.left_out }) };
    count.left_out = 0;
    emit({ kind: "limit.hit", api, message: `${limit}: found ${found}, allowed ${allowed}`, detail });
    return ok(undefined);
  };
}

function parseHit(report: unknown) {
  if (!isRecord(report)) return undefined;
  const { limit, found, allowed, about = {} } = report;
  if (typeof limit !== "string" || !NAME.test(limit) || !isAmount(found) || !isAmount(allowed)) return undefined;
  if (!isRecord(about)) return undefined;
  const words = Object.entries(about);
  if (words.length > WORDS || !words.every(([name, word]) => NAME.test(name) && typeof word === "string")) {
    return undefined;
  }
  const clipped = words.map(([name, word]) => [name, clipText(word as string, WORD_UNITS)] as const);
  return { limit, found, allowed, about: Object.fromEntries(clipped) };
}
