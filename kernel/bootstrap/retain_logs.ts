/** Logs that were put aside are removed when there are too many or they are too old: at the start, and once a day. */
import type { MetaConfig } from "../contract/meta_config.ts";
import type { Clock, Files } from "../contract/powers.ts";
import { type AsideName, DAY_MS, type HostLog, staleLogs } from "../events/mod.ts";

export interface RetentionPowers {
  readonly files: Files;
  readonly clock: Clock;
  readonly home: string;
  readonly log: HostLog;
}

/** The returned function ends it. */
export function retainLogs(powers: RetentionPowers, meta: MetaConfig): () => void {
  let cancel = () => {};
  const round = () => {
    cancel = powers.clock.after(DAY_MS, round);
    void removeStale(powers, meta);
  };
  round();
  return () => cancel();
}

async function removeStale({ files, clock, home, log }: RetentionPowers, meta: MetaConfig): Promise<void> {
  const [events_folder, events] = splitPath(meta.event_log);
  const logs = [
    { below: "runtime/logs", aside: { before: "watchdog.log.", after: "" } },
    { below: "runtime/logs", aside: numbered("host.jsonl") },
    { below: events_folder, aside: numbered(events) },
  ];
  for (const { below, aside } of logs) {
    const folder = `${home}/${below}`;
    try {
      const names = (await files.list(folder) ?? []).filter(({ kind }) => kind === "file");
      const found = await Promise.all(names.map(async ({ name }) => {
        return { name, mtime_ms: (await files.lstat(`${folder}/${name}`))?.mtime_ms ?? Infinity };
      }));
      for (const name of staleLogs(found, aside, meta, clock.now())) {
        await files.remove(`${folder}/${name}`);
        log.info(`removed ${below}/${name}: the meta file says how many logs are kept, and for how long`);
      }
    } catch (error) {
      log.warning(`Cannot look after the logs in ${below}: ${error instanceof Error ? error.message : error}`);
    }
  }
}

/** As rotating_file.ts numbers them. */
function numbered(name: string): AsideName {
  const dot = name.lastIndexOf(".");
  return { before: `${name.slice(0, dot)}.`, after: name.slice(dot) };
}

function splitPath(path: string): readonly [folder: string, name: string] {
  const slash = path.lastIndexOf("/");
  return [path.slice(0, slash), path.slice(slash + 1)];
}
