/** What the host says of one module, as it happens: its log, and what became of its changes. */
import type { LogRecord } from "../../contract/control.ts";
import type { LoggedEvent } from "../../contract/events.ts";
import { connectHost } from "../connect.ts";
import { requestHost } from "../control_client.ts";
import { type Colour, paint } from "../colour.ts";
import { safeText } from "../safe_text.ts";
import type { TellOnce } from "./tell_once.ts";

export interface Follower {
  /** Resolves when both streams have ended. */
  readonly ended: Promise<void>;
  stop(): void;
}

const AGAIN_MS = 300;

export interface FollowOptions {
  readonly home: string;
  readonly api: string;
  readonly colour: boolean;
  readonly print: (text: string) => void;
  readonly once: TellOnce;
}

/** A kernel that is started again is followed again. */
export function followModule({ home, api, colour, print, once }: FollowOptions): Follower {
  let stopped = false;
  const open = new Set<Deno.UnixConn>();
  const follow = async (verb: "logs" | "events", take: (item: unknown) => void): Promise<void> => {
    while (!stopped) {
      const connection = await connectHost(home);
      if (stopped) return connection.ok ? connection.value.close() : undefined;
      if (connection.ok) {
        open.add(connection.value);
        const params = { follow: true, lines: 0, ...(verb === "logs" && { api }) };
        await requestHost(connection.value, verb, params, (item) => Promise.resolve(take(item)));
        open.delete(connection.value);
      }
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  };
  const logs = follow("logs", (item) => {
    const { level, message } = item as LogRecord;
    // What the host itself says of a module may have lines, and its events say it too; a module's own never do.
    const text = message.replaceAll("\\u{a}", "\n");
    if (text === message) print(logLine(level, text, colour));
    else if (once(text)) print(`${paint("failed", "red", colour)} ${safeText(text)}`);
  });
  const events = follow("events", (item) => {
    const event = item as LoggedEvent;
    const line = event.api === api ? eventLine(event, colour) : undefined;
    if (line !== undefined && (event.message === undefined || once(event.message))) print(line);
  });
  return {
    ended: Promise.all([logs, events]).then(() => {}),
    stop() {
      stopped = true;
      for (const connection of open) {
        try {
          connection.close();
        } catch { /* it has ended by itself */ }
      }
    },
  };
}

const LEVELS: Readonly<Record<string, Colour>> = { DEBUG: "dim", WARNING: "yellow", ERROR: "red", CRITICAL: "red" };

function logLine(level: string, text: string, colour: boolean): string {
  const said = level === "INFO" ? "" : `${paint(level, LEVELS[level], colour)} `;
  return `${paint("|", "dim", colour)} ${said}${safeText(text)}`;
}

/** Only what an author has to know; undefined for the rest. */
function eventLine({ kind, message = "", detail }: LoggedEvent, colour: boolean): string | undefined {
  const why = safeText(message);
  switch (kind) {
    case "module.ready":
    case "module.reloaded":
      return paint(kind === "module.ready" ? "loaded" : "reloaded", "green", colour);
    case "config.rejected": {
      const { file, line } = (detail ?? {}) as { file?: string; line?: number };
      const place = file === undefined || why.startsWith(file)
        ? ""
        : `${file}${line === undefined ? "" : `:${line}`}: `;
      return `${paint("refused", "red", colour)} ${place}${why}`;
    }
    case "module.failed":
    case "module.killed":
    case "module.quarantined":
    case "limit.hit":
      return `${paint(kind.slice(kind.indexOf(".") + 1), "red", colour)} ${why}`;
    case "module.stopped":
      return paint("stopped", "yellow", colour);
    default:
      return undefined;
  }
}
