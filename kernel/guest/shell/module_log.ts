/**
 * What modules print, as one JSON line each on the cell's stdout: `{"api", "level", "text"}`. A flood would fill the disk, so each module has
 * its lines per second; what was dropped beyond them, here or by its Worker, is told in one line and at most once a second, whatever the Worker says.
 */
import type { Clock } from "../../contract/powers.ts";
import { clipText } from "../../primitives/clip_text.ts";
import { escapeText } from "../../primitives/escape_text.ts";

export type LogLevel = "DEBUG" | "INFO" | "WARNING" | "ERROR";

/** Units of what is printed at once. */
export const LINE_UNITS = 8_192;

interface Second {
  began: number;
  lines: number;
  dropped: number;
  readonly allowed: number;
}

/** Hears what was dropped of a module's log in one second. */
export type Dropped = (api: string, lines: number, allowed: number) => void;

export class ModuleLog {
  readonly #clock: Pick<Clock, "monotonic" | "after">;
  readonly #write: (line: string) => void;
  readonly #dropped: Dropped;
  readonly #seconds = new Map<string, Second>();

  /** `write` takes one line with its end. */
  constructor(clock: Pick<Clock, "monotonic" | "after">, write: (line: string) => void, dropped: Dropped = () => {}) {
    this.#clock = clock;
    this.#write = write;
    this.#dropped = dropped;
  }

  /** A text of several lines becomes several, so that none can pass for another module's. */
  print(api: string, level: LogLevel, text: string, lines_per_s: number): void {
    const lines = clipText(text, LINE_UNITS).split("\n");
    while (lines.length > 1 && lines.at(-1) === "") lines.pop();
    for (const line of lines) this.#line(api, level, line, lines_per_s);
  }

  /** Its Worker left out so many lines: they are told with those that are dropped here. */
  leftOut(api: string, lines: number, lines_per_s: number): void {
    if (lines > 0) this.#drop(api, this.#second(api, lines_per_s), lines);
  }

  /** Tells what was dropped and not told yet: before the end. */
  tellAll(): void {
    for (const [api, second] of this.#seconds) this.#tell(api, second);
  }

  #line(api: string, level: LogLevel, text: string, lines_per_s: number): void {
    const second = this.#second(api, lines_per_s);
    if (second.lines >= lines_per_s) return this.#drop(api, second, 1);
    second.lines++;
    this.#say(api, level, text);
  }

  #second(api: string, allowed: number): Second {
    const now = this.#clock.monotonic();
    const known = this.#seconds.get(api);
    if (known !== undefined && now - known.began < 1_000) return known;
    this.#tell(api, known);
    const second = { began: now, lines: 0, dropped: 0, allowed };
    this.#seconds.set(api, second);
    return second;
  }

  #drop(api: string, second: Second, lines: number): void {
    const told = second.dropped > 0;
    second.dropped = Math.min(second.dropped + lines, Number.MAX_SAFE_INTEGER);
    if (!told) this.#clock.after(second.began + 1_000 - this.#clock.monotonic(), () => this.#tell(api, second));
  }

  #tell(api: string, second: Second | undefined): void {
    if (second === undefined || second.dropped === 0) return;
    const { dropped, allowed } = second;
    second.dropped = 0;
    this.#say(api, "WARNING", `… ${dropped} lines dropped`);
    this.#dropped(api, dropped, allowed);
  }

  #say(api: string, level: LogLevel, text: string): void {
    this.#write(
      `${JSON.stringify({ api, level, text: clipText(escapeText(clipText(text, LINE_UNITS)), LINE_UNITS) })}\n`,
    );
  }
}
