/** Lines of the log. */
import type { LogRecord } from "../contract/control.ts";
import { paint, paintName } from "./colour.ts";
import { DayClock, GrowingColumn, hang, LEVEL_COLOURS, type ShowRecord } from "./feed_line.ts";
import { safeBlock, safeLine, safeText } from "./safe_text.ts";

/** `time - LEVEL - api - message`; further lines of a message are indented, so that none passes for a record. */
export const plainLog: ShowRecord = (record) => {
  const { time, level, api, message } = record as LogRecord;
  return [time, level, api].map((part) => safeLine(String(part))).join(" - ") + ` - ${safeBlock(String(message))}`;
};

const SHORT: Readonly<Record<string, string>> = Object.freeze({ WARNING: "WARN", CRITICAL: "CRIT" });
const LEVEL_WIDTH = 5;
const TIME_WIDTH = 12;

/** `one`: all lines are of one api, so that it needs no column. */
export function logOnTerminal({ colour, one, now }: { colour: boolean; one: boolean; now: Date }): ShowRecord {
  const clock = new DayClock(now, colour);
  const column = new GrowingColumn(16, 24);
  return (record) => {
    const { time, level, api, message } = record as LogRecord;
    const { before, shown } = clock.read(time);
    const name = safeLine(String(api));
    const gap = one ? "" : column.gap(name);
    const word = safeLine(SHORT[level] ?? String(level)).padEnd(LEVEL_WIDTH);
    const shade = LEVEL_COLOURS[level];
    const text = safeText(String(message).replace(/\n+$/, ""));
    const indent = TIME_WIDTH + LEVEL_WIDTH + 4 + (one ? 0 : [...name].length + gap.length + 2);
    const said = level === "INFO" ? text : paintLines(text, shade === "alarm" ? "red" : shade, colour);
    const parts = [
      paint(shown, "dim", colour),
      paint(word.trimEnd(), shade, colour) + " ".repeat(LEVEL_WIDTH - word.trimEnd().length),
      ...(one ? [] : [paintName(name, name, colour) + gap]),
      hang(said, indent),
    ];
    return before + parts.join("  ");
  };
}

/** Each line by itself: an indent between them stays without colour. */
function paintLines(text: string, shade: Parameters<typeof paint>[1], colour: boolean): string {
  return text.split("\n").map((line) => paint(line, shade, colour)).join("\n");
}
