/** What a follower that reads too slowly finds in place of the items it missed, in the shape of its stream. */
import type { ControlVerb, LogRecord } from "../contract/control.ts";
import type { LoggedEvent } from "../contract/events.ts";

export function droppedItem(verb: ControlVerb, count: number, now: number): LogRecord | LoggedEvent {
  const time = new Date(now).toISOString();
  const message = `${count} ${verb === "logs" ? "log lines" : "events"} left out here: the reader was too slow`;
  if (verb === "logs") return { time, level: "WARNING", api: "kernel", message };
  return { time, kind: "limit.hit", message, detail: { limit: "stream_items", dropped: count } };
}
