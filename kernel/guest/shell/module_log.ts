/**
 * What modules print, as one JSON line each on the cell's stdout: `{"api", "level", "text"}`. A flood would fill the disk, so each module has
 * its lines per second; what was dropped beyond them is told once a second.
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
}

export class ModuleLog {
  readonly #clock: Pick<Clock, "monotonic" | "after">;
  readonly #write: (line: string) => void;
  readonly #seconds = new Map<string, Second>();

  /** `write` takes one line with its end. */
  constructor(clock: Pick<Clock, "monotonic" | "after">, write: (line: string) => void) {
    this.#clock = clock;
    this.#write = write;
  }

  /** A text of several lines becomes several, so that none can pass for another module's. */
  print(api: string, level: LogLevel, text: string, lines_per_s: number): void {
    const lines = clipText(text, LINE_UNITS).split("\n");
    while (lines.length > 1 && lines.at(-1) === "") lines.pop();
    for (const line of lines) this.#line(api, level, line, lines_per_s);
  }

  /** Tells what was dropped and not told yet: before the end. */
  tellAll(): void {
    for (const [api, second] of this.#seconds) this.#tell(api, second);
  }

  #line(api: string, level: LogLevel, text: string, lines_per_s: number): void {
    const now = this.#clock.monotonic();
    let second = this.#seconds.get(api);
    if (second === undefined || now - second.began >= 1_000) {
      this.#tell(api, second);
      this.#seconds.set(api, second = { began: now, lines: 0, dropped: 0 });
    }
    if (second.lines < lines_per_s) {
      second.lines++;
      return this.#say(api, level, text);
    }
    if (second.dropped++ === 0) {
      const told = second;
      this.#clock.after(second.began + 1_000 - now, () => this.#tell(api, told));
    }
  }

  #tell(api: string, second: Second | undefined): void {
    if (second === undefined || second.dropped === 0) return;
    const { dropped } = second;
    second.dropped = 0;
    this.#say(api, "WARNING", `… ${dropped} lines dropped`);
  }

  #say(api: string, level: LogLevel, text: string): void {
    this.#write(
      `${JSON.stringify({ api, level, text: clipText(escapeText(clipText(text, LINE_UNITS)), LINE_UNITS) })}\n`,
    );
  }
}
