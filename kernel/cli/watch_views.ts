/** How `status --watch` shows what it finds: on a whole terminal, or one table after the other. */
import { answerText } from "./answer.ts";
import { jsonText } from "./json_text.ts";
import type { Look } from "./look_at_host.ts";
import { renderWatch, type Watched } from "./render_watch.ts";
import { openScreen } from "./screen.ts";
import type { Setting } from "./setting.ts";
import { eventsOnTerminal } from "./show_event.ts";
import { StatusRates } from "./status_rates.ts";

type Shown = Extract<Look, { found: "host" | "silence" }>;

export interface WatchView {
  /** How many events it has room for. */
  readonly events: number;
  /** `at_ms`: when the look was taken, by a clock that never goes back. */
  take(look: Shown, at_ms: number): Promise<void>;
  /** What it took of the terminal it gives back. Twice is harmless. */
  end(): void;
}

/** Also the escape key by itself; with more behind it, it is another key. */
const QUIT = ["q", "Q", "\x1b"];
/** More than fits on a large screen. */
const EVENTS = 100;
const SILENT = "the kernel does not answer";

export function watchOnScreen({ out }: Setting, seconds: number, quit: () => void): WatchView {
  const rates = new StatusRates();
  let shown: Watched | undefined;
  const draw = () => {
    const lines = shown === undefined ? [SILENT] : renderWatch(shown, screen.size(), out.colour);
    screen.draw(lines);
  };
  const screen = openScreen({ key: (text) => QUIT.includes(text) && quit(), redraw: draw });
  return {
    events: EVENTS,
    take(look, at_ms) {
      if (look.found === "host") {
        rates.add(look.host, at_ms);
        const show = eventsOnTerminal({ colour: out.colour, one: false, now: new Date() });
        const events = look.events.flatMap((event) => show(event).split("\n"));
        shown = { host: look.host, rates, events, hint: `every ${seconds} s, q ends` };
      } else if (shown !== undefined) shown = { ...shown, alarm: SILENT };
      draw();
      return Promise.resolve();
    },
    end: screen.leave,
  };
}

/** Into a pipe or a file: a table each time, below its time; with --json one line each time. */
export function watchInTurn({ out, json }: Setting): WatchView {
  const rates = new StatusRates();
  return {
    events: 0,
    async take(look, at_ms) {
      if (look.found === "silence") return out.note(SILENT);
      rates.add(look.host, at_ms);
      if (json) return await out.answer(`${jsonText(look.host, "line")}\n`);
      const size = { columns: Infinity, rows: Infinity };
      const lines = renderWatch({ host: look.host, rates, events: [], hint: "" }, size, out.colour);
      await answerText(out, `${new Date().toISOString()}  ${lines.map((line) => line.trimEnd()).join("\n")}\n`);
    },
    end() {},
  };
}
