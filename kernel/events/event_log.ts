/** The event log: what happened, one line each, in `runtime/logs/events.jsonl`, remembered and followed by `events`. */
import type { HostEvent, LoggedEvent } from "../contract/events.ts";
import type { Clock } from "../contract/powers.ts";
import type { LineFeed } from "./line_feed.ts";

export class EventLog {
  readonly #feed: LineFeed<LoggedEvent>;
  readonly #clock: Clock;

  constructor(feed: LineFeed<LoggedEvent>, clock: Clock) {
    this.#feed = feed;
    this.#clock = clock;
  }

  emit(event: HostEvent): void {
    this.#feed.push({ time: new Date(this.#clock.now()).toISOString(), ...event });
  }
}
