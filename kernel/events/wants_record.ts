/** Which records a reader of a log asked for. */
import type { ControlVerbs, LogRecord } from "../contract/control.ts";
import type { LoggedEvent } from "../contract/events.ts";
import { LEVELS } from "./host_log.ts";

type Wanted<Params> = Omit<Params, "follow" | "lines" | "after">;

export function wantsRecord(
  { api, level, grep, since }: Wanted<ControlVerbs["logs"]["params"]>,
): (record: LogRecord) => boolean {
  const least = level === undefined ? 0 : LEVELS.indexOf(level);
  const has = contains(grep);
  return (record) =>
    (api === undefined || record.api === api) &&
    (level === undefined || LEVELS.indexOf(record.level) >= least) &&
    (since === undefined || record.time >= since) &&
    has(record.message);
}

/** `grep` looks at all of an event but its time. */
export function wantsEvent(
  { api, grep, since }: Wanted<ControlVerbs["events"]["params"]>,
): (event: LoggedEvent) => boolean {
  const has = contains(grep);
  return (event) =>
    (api === undefined || event.api === api) &&
    (since === undefined || event.time >= since) &&
    (grep === undefined || has(textOf(event)));
}

function textOf({ kind, api, message, detail }: LoggedEvent): string {
  return [kind, api, message, detail && JSON.stringify(detail)].filter((part) => part !== undefined).join(" ");
}

/** Not a pattern: one that backtracks without end would hold the kernel. */
function contains(grep: string | undefined): (text: string) => boolean {
  if (grep === undefined) return () => true;
  const sought = grep.toLowerCase();
  return (text) => text.toLowerCase().includes(sought);
}
