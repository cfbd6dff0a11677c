/** Lines of the event log. */
import type { LoggedEvent } from "../contract/events.ts";
import { type Colour, paint, paintName } from "./colour.ts";
import { DayClock, GrowingColumn, hang, type ShowRecord } from "./feed_line.ts";
import { jsonText } from "./json_text.ts";
import { safeBlock, safeLine, safeText } from "./safe_text.ts";

const BAD = /\.(rejected|failed|killed|quarantined|hit|open|swap_failed|state_set_aside)$/;
const GOOD = /\.(ready|reloaded|closed|swapped|given)$/;

/** `time kind api message {detail}`. */
export const plainEvent: ShowRecord = (record) => {
  const { time, kind, api, message, detail } = record as LoggedEvent;
  const parts = [time, kind, ...(api === undefined ? [] : [api])].map((part) => safeLine(String(part)));
  if (message !== undefined) parts.push(safeBlock(String(message)));
  if (detail !== undefined) parts.push(jsonText(detail, "line"));
  return parts.join(" ");
};

const TIME_WIDTH = 12;

export function eventsOnTerminal({ colour, one, now }: { colour: boolean; one: boolean; now: Date }): ShowRecord {
  const clock = new DayClock(now, colour);
  const kinds = new GrowingColumn(16, 24);
  const apis = new GrowingColumn(16, 24);
  return (record) => {
    const { time, kind, api, message, detail } = record as LoggedEvent;
    const { before, shown } = clock.read(time);
    const [what, who] = [safeLine(String(kind)), safeLine(String(api ?? ""))];
    const [what_gap, who_gap] = [kinds.gap(what), one ? "" : apis.gap(who)];
    const said = message === undefined ? "" : safeText(String(message).replace(/\n+$/, ""));
    const indent = TIME_WIDTH + [...what].length + what_gap.length + 4 +
      (one ? 0 : [...who].length + who_gap.length + 2);
    const rest = [
      ...(said === "" ? [] : [hang(said, indent)]),
      ...(detail === undefined ? [] : [paint(jsonText(detail, "line"), "dim", colour)]),
    ];
    const parts = [
      paint(shown, "dim", colour),
      paint(what, shadeOf(kind), colour) + what_gap,
      ...(one ? [] : [paintName(who, who, colour && who !== "") + who_gap]),
      rest.join(" "),
    ];
    return before + parts.join("  ").trimEnd();
  };
}

function shadeOf(kind: string): Colour | undefined {
  return BAD.test(kind) ? "red" : GOOD.test(kind) ? "green" : undefined;
}
