/** How records of a log look. Into a file or a pipe: whole and the same each time. On a terminal: short, in columns, in colours. */
import { type Colour, paint } from "./colour.ts";

/** Text for people, one record at a time, without the line's end. Told in order: a view may remember what it has shown. */
export type ShowRecord = (record: unknown) => string;

/** Columns grow with what has come, up to this; what is longer moves its own line only. */
export class GrowingColumn {
  #width: number;
  readonly #most: number;

  constructor(least: number, most: number) {
    this.#width = least;
    this.#most = most;
  }

  /** The blanks behind the text. */
  gap(text: string): string {
    const width = [...text].length;
    if (width > this.#width) this.#width = Math.min(width, this.#most);
    return " ".repeat(Math.max(0, this.#width - width));
  }
}

/** The time of day of the clock on this wall, to the millisecond; a line of its own tells when another day begins. */
export class DayClock {
  #day: string;
  readonly #colour: boolean;

  constructor(now: Date, colour: boolean) {
    this.#day = dayOf(now);
    this.#colour = colour;
  }

  /** `before`: "" or the line that names the day. */
  read(time: string): { readonly before: string; readonly shown: string } {
    const date = new Date(time);
    if (Number.isNaN(date.getTime())) return { before: "", shown: "--:--:--.---" };
    const day = dayOf(date);
    const before = day === this.#day ? "" : `${paint(`── ${day} ──`, "dim", this.#colour)}\n`;
    this.#day = day;
    return { before, shown: timeOf(date) };
  }
}

function dayOf(date: Date): string {
  return [String(date.getFullYear()), two(date.getMonth() + 1), two(date.getDate())].join("-");
}
export function timeOf(date: Date): string {
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${clock}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
function two(count: number): string {
  return String(count).padStart(2, "0");
}

/** Under the first line, so that no line of a message passes for a record: indented to where the message begins. */
export function hang(message: string, indent: number): string {
  return message.split("\n").join(`\n${" ".repeat(indent)}`);
}

export const LEVEL_COLOURS: Readonly<Record<string, Colour>> = Object.freeze({
  DEBUG: "dim",
  WARNING: "yellow",
  ERROR: "red",
  CRITICAL: "alarm",
});
