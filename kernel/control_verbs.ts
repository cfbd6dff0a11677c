/** What each verb of the command line does. Who speaks here is the operator. */
import { fault, ok, refuse, type Result } from "./contract/fault.ts";
import { isApiName } from "./contract/names.ts";
import type { Files } from "./contract/powers.ts";
import type { LogRecord } from "./contract/control.ts";
import type { LoggedEvent } from "./contract/events.ts";
import type { HostStatus } from "./contract/status.ts";
import type { Broker } from "./broker/mod.ts";
import { type ConfigCache, readConfigs, toggleFiles } from "./config/mod.ts";
import { type ControlHandlers, type ControlStream, EncodedAnswer } from "./control/mod.ts";
import type { LineFeed } from "./events/mod.ts";
import type { Lives, Reconciler } from "./lifecycle/mod.ts";
import type { ToolCatalog } from "./lifecycle/mod.ts";
import { encodeValue } from "./primitives/value_codec.ts";

export interface VerbPowers {
  readonly files: Files;
  readonly home: string;
  readonly broker: Broker;
  readonly lives: Lives;
  readonly reconciler: Reconciler;
  readonly tools: ToolCatalog;
  readonly logs: LineFeed<LogRecord>;
  readonly events: LineFeed<LoggedEvent>;
  readonly status: (api?: string) => Promise<HostStatus>;
  readonly stop: () => void;
  readonly about: { readonly pid: number; readonly epoch: number; readonly version: string; readonly config: string };
}

/** Items kept for a follower that is still reading the past. */
const LATER_KEPT = 5_000;

export function controlVerbs(powers: VerbPowers): ControlHandlers {
  const { broker, lives, tools, status, about } = powers;
  return {
    ping: () => Promise.resolve(ok({ ...about })),
    status: async ({ api }) => {
      const found = await status(api);
      return api !== undefined && found.modules.length === 0 ? refuse(unknownApi(api, lives)) : ok(found);
    },
    call: async ({ api, method, args, aspect }, { signal }) => {
      const payload = encodeValue(args, "arguments");
      if (!payload.ok) return payload;
      const { outcome, cancel } = broker.callAsOperator({
        api,
        aspect: aspect ?? "default",
        name: method,
        payload: payload.value,
      });
      if (signal.aborted) cancel();
      else signal.addEventListener("abort", cancel, { once: true });
      const answer = await outcome;
      return answer.ok ? new EncodedAnswer(true, answer.payload) : refuse(answer.fault);
    },
    tools: ({ api }) => Promise.resolve(ok(tools.list(api))),
    logs: ({ api, follow, lines }, stream) => {
      const wanted = (record: LogRecord) => api === undefined || record.api === api;
      return feed(powers.logs, wanted, follow, lines, stream);
    },
    events: ({ follow, lines }, stream) => feed(powers.events, () => true, follow, lines, stream),
    reload: async ({ api }) => {
      const life = lives.get(api);
      if (life === undefined) return refuse(unknownApi(api, lives));
      await powers.reconciler.resynchronizeState(true);
      await life.again();
      // A config that was refused is a reason too: what was reloaded then is the former one. A state that lies aside is none.
      const [found] = (await status(api)).modules;
      const { reason } = life.figures;
      const refused = reason ?? (found?.reason === lives.whyStateAside(api) ? undefined : found?.reason);
      return (found?.state === "running" || found?.state === "sleeping") && refused === undefined
        ? ok({ api, reloaded: true as const })
        : refuse(fault("load_failed", found?.reason ?? `'${api}' is ${found?.state ?? "stopped"}`));
    },
    enable: (params) => toggle("enable", params.api, powers),
    disable: (params) => toggle("disable", params.api, powers),
    "quarantine lift": async ({ api }) => {
      const life = lives.get(api);
      if (life === undefined) return refuse(unknownApi(api, lives));
      if (life.state !== "quarantined") {
        return refuse(
          fault("conflict", `'${api}' is not quarantined, it is ${life.state}`, {
            retriable: false,
            hint: "`status` shows who is",
          }),
        );
      }
      await life.again();
      return ok({ api, state: life.state });
    },
    "state drop": async ({ api }) => {
      const life = lives.get(api);
      if (life !== undefined) return ok({ api, ...await life.dropState() });
      const dropped = isApiName(api) ? await lives.dropState(api) : undefined;
      if (!dropped?.kept && !dropped?.set_aside) return refuse(unknownApi(api, lives));
      return ok({ api, ...dropped, reloaded: false });
    },
    stop: () => {
      queueMicrotask(powers.stop);
      return Promise.resolve(ok({ stopping: true as const }));
    },
  };
}

/** The past at the reader's pace, then, if asked, what comes; nothing in between is lost or told twice. */
async function feed<Item>(
  source: LineFeed<Item>,
  wanted: (item: Item) => boolean,
  follow: boolean,
  lines: number,
  stream: ControlStream<Item>,
): Promise<Result<null>> {
  const past = source.recent().filter(wanted);
  let later: Item[] = [];
  let live = false;
  const unfollow = source.follow((item) => {
    if (!wanted(item)) return;
    if (live) stream.push(item);
    else later.push(item);
    // A reader that does not read must not fill the kernel's memory: of what it has not come to, the latest count.
    if (later.length > 2 * LATER_KEPT) later = later.slice(-LATER_KEPT);
  });
  try {
    for (const item of lines > 0 ? past.slice(-lines) : []) await stream.send(item);
    if (!follow) return ok(null);
    for (const item of later) stream.push(item);
    live = true;
    await new Promise<void>((resolve) => {
      if (stream.signal.aborted) resolve();
      else stream.signal.addEventListener("abort", () => resolve(), { once: true });
    });
    return ok(null);
  } finally {
    unfollow();
  }
}

async function toggle(
  want: "enable" | "disable",
  api: string,
  powers: VerbPowers,
): Promise<Result<{ api: string; files: readonly string[] }>> {
  if (!isApiName(api)) return refuse(unknownApi(api, powers.lives));
  const { files, home } = powers;
  const cache: ConfigCache = new Map();
  const { texts } = await readConfigs(files, home, cache, { dotted: "list" });
  const renames = toggleFiles(want, api, texts);
  if (!renames.ok) return renames;
  for (const { from, to } of renames.value) await files.rename(`${home}/${from}`, `${home}/${to}`);
  await powers.reconciler.resynchronizeState();
  return ok({ api, files: renames.value.map(({ to }) => to) });
}

function unknownApi(api: string, lives: Lives) {
  const known = lives.all().map((life) => life.api).sort();
  return fault("not_found", `no module claims api '${api}'`, {
    hint: known.length ? `there are ${known.join(", ")}` : "`status` lists the apis there are",
  });
}
