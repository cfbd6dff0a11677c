/** The logs of a home whose host is gone, as the last one left them. */
import type { ControlVerbs, FeedParams, LogRecord } from "../contract/control.ts";
import type { LoggedEvent } from "../contract/events.ts";
import { META_DEFAULTS } from "../contract/meta_config.ts";
import { findMetaFiles, parseMeta } from "../config/mod.ts";
import { readTail, wantsEvent, wantsRecord } from "../events/mod.ts";
import { denoFiles } from "../powers_deno_files.ts";
import { MOST_LINES } from "./parse_lines.ts";

/** Files put aside that are looked at when the youngest has not enough. */
const MOST_FILES = 5;

/** Undefined when there is no log. */
export async function recordsOnDisk(
  home: string,
  verb: "logs" | "events",
  params: FeedParams & ControlVerbs["logs"]["params"],
): Promise<readonly unknown[] | undefined> {
  const path = verb === "logs" ? `${home}/runtime/logs/host.jsonl` : `${home}/${await eventLog(home)}`;
  if (await denoFiles.stat(path) === undefined) return undefined;
  const wanted = verb === "logs" ? wantsRecord(params) : wantsEvent(params);
  return await latest(path, wanted as (record: LogRecord | LoggedEvent) => boolean, params.lines);
}

async function latest<Item>(path: string, wanted: (item: Item) => boolean, lines: number): Promise<readonly Item[]> {
  const dot = path.lastIndexOf(".");
  let found: Item[] = [];
  for (let n = 0; n <= MOST_FILES && found.length < lines; n++) {
    const name = n === 0 ? path : `${path.slice(0, dot)}.${n}${path.slice(dot)}`;
    found = [...(await readTail<Item>(denoFiles, name, MOST_LINES)).filter(wanted), ...found];
  }
  return lines > 0 ? found.slice(-lines) : [];
}

/** Where the meta file says. */
async function eventLog(home: string): Promise<string> {
  for (const { text } of await findMetaFiles(denoFiles, home).catch(() => [])) {
    const meta = parseMeta(text);
    if (meta.ok) return meta.value.event_log;
  }
  return META_DEFAULTS.event_log;
}
