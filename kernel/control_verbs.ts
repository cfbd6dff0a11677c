/** What each verb of the command line does. Who speaks here is the operator. */
import { type Fault, fault, ok, refuse, type Result } from "./contract/fault.ts";
import { isApiName } from "./contract/names.ts";
import type { Clock, Files } from "./contract/powers.ts";
import type { LogRecord } from "./contract/control.ts";
import type { LoggedEvent } from "./contract/events.ts";
import type { HostStatus, ModuleStatus } from "./contract/status.ts";
import type { Broker, Principals } from "./broker/mod.ts";
import { type ConfigCache, readConfigs, toggleFiles } from "./config/mod.ts";
import { type ControlHandlers, EncodedAnswer } from "./control/mod.ts";
import { type LineFeed, wantsEvent, wantsRecord } from "./events/mod.ts";
import { followFeed } from "./follow_feed.ts";
import { handedOver } from "./handed_over.ts";
import type { Leadership, Lives, Reconciler } from "./lifecycle/mod.ts";
import type { ToolCatalog } from "./lifecycle/mod.ts";
import { proposalVerbs } from "./proposal_verbs.ts";
import type { Proposals } from "./proposals/mod.ts";
import { noPrincipal, principalCatalog, principalVerbs } from "./principal_verbs.ts";
import { answerOf } from "./operator_answer.ts";
import type { TokenTable } from "./token_table.ts";
import { RunSerial } from "./primitives/run_serial.ts";
import { encodeValue } from "./primitives/value_codec.ts";

export interface VerbPowers {
  readonly files: Files;
  readonly home: string;
  readonly broker: Broker;
  readonly lives: Lives;
  readonly reconciler: Reconciler;
  readonly tools: ToolCatalog;
  readonly tokens: TokenTable;
  readonly principals: Principals;
  readonly proposals: Proposals;
  readonly clock: Pick<Clock, "monotonic">;
  readonly logs: LineFeed<LogRecord>;
  readonly events: LineFeed<LoggedEvent>;
  readonly status: (api?: string) => Promise<HostStatus>;
  readonly stop: () => void;
  /** Hands over to a kernel of the program as it now stands on disk; resolves when that one leads, or why it does not. */
  readonly upgrade: () => Promise<Result<{ readonly epoch: number }>>;
  /** Changes are made by the kernel that leads; whoever asks another one is told to ask again. */
  readonly leadership: Pick<Leadership, "leads" | "whileLeading">;
  readonly about: { readonly pid: number; readonly epoch: number; readonly version: string; readonly config: string };
}

export function controlVerbs(powers: VerbPowers): ControlHandlers {
  const { broker, lives, tools, status, about } = powers;
  // One after the other: what one finds the other would have renamed meanwhile.
  const toggles = new RunSerial();
  const leading = async <T>(what: string, change: () => Promise<Result<T>>): Promise<Result<T>> =>
    await powers.leadership.whileLeading(change) ?? refuse(handedOver(what));
  return {
    ...principalVerbs({ ...powers, leading }),
    ...proposalVerbs({ proposals: powers.proposals, leading }),
    ping: () => Promise.resolve(ok({ ...about })),
    status: async ({ api }) => {
      const found = await status(api);
      return api !== undefined && found.modules.length === 0 ? refuse(unknownApi(api, lives)) : ok(found);
    },
    call: async ({ api, method, args, aspect }, { signal }) => {
      const payload = encodeValue(args, "arguments");
      if (!payload.ok) return payload;
      const request = { api, aspect: aspect ?? "default", name: method, payload: payload.value };
      const answer = await answerOf(broker.callAsOperator(request), signal);
      return answer instanceof EncodedAnswer ? answer : refuse(explained(answer.fault, api, lives));
    },
    tools: ({ api, principal }) => {
      if (principal === undefined) return Promise.resolve(ok(tools.list(api)));
      const catalog = principalCatalog(principal, powers.principals, tools);
      if (catalog === undefined) return Promise.resolve(refuse(noPrincipal(principal)));
      return Promise.resolve(ok(catalog.filter((tool) => api === undefined || tool.api === api)));
    },
    logs: (params, stream) => followFeed(powers.logs, wantsRecord(params), params, stream),
    events: (params, stream) => followFeed(powers.events, wantsEvent(params), params, stream),
    reload: ({ api }) =>
      leading(`'reload ${api}'`, async () => {
        const life = lives.get(api);
        if (life === undefined) return refuse(unknownApi(api, lives));
        await powers.reconciler.resynchronizeState(true);
        await life.again();
        await life.settled(); // a change that came after this one may have taken its place
        // As it is now: while its status is asked for, somebody else's reload may begin.
        const { state, reason } = life.figures;
        // A config that was refused is a reason too: what was reloaded then is the former one. A state that lies aside is none.
        const [found] = (await status(api)).modules;
        const refused = reason ?? (found?.reason === lives.whyStateAside(api) ? undefined : found?.reason);
        return (state === "running" || state === "sleeping") && refused === undefined
          ? ok({ api, reloaded: true as const })
          : refuse(notReloaded(api, state, found?.reason));
      }),
    enable: ({ api }) => toggles.run(() => toggle("enable", api, powers)),
    disable: ({ api }) => toggles.run(() => toggle("disable", api, powers)),
    "quarantine lift": ({ api }) =>
      leading(`'quarantine lift ${api}'`, async () => {
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
      }),
    "state list": async () => ok(await lives.states()),
    "state drop": ({ api }) =>
      leading(`'state drop ${api}'`, async () => {
        const life = lives.get(api);
        if (life !== undefined) return ok({ api, ...await life.dropState() });
        const dropped = isApiName(api) ? await lives.dropState(api) : undefined;
        if (!dropped?.kept && !dropped?.set_aside) return refuse(unknownApi(api, lives));
        return ok({ api, ...dropped, reloaded: false });
      }),
    upgrade: async () => {
      const { version, epoch } = about;
      const outcome = await powers.upgrade();
      return outcome.ok ? ok({ from: { version, epoch }, to: { epoch: outcome.value.epoch } }) : outcome;
    },
    stop: () => {
      queueMicrotask(powers.stop);
      return Promise.resolve(ok({ stopping: true as const }));
    },
  };
}

async function toggle(
  want: "enable" | "disable",
  api: string,
  powers: VerbPowers,
): Promise<Result<{ api: string; files: readonly string[] }>> {
  // Once the files are renamed the answer is true, whoever leads by then: every kernel looks at them.
  if (!powers.leadership.leads) return refuse(handedOver(`'${want} ${api}'`));
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

/** What the operator may know beyond what every caller is told: which modules there are, and why the newest source of this one does not serve. */
function explained(why: Fault, api: string, lives: Lives): Fault {
  const life = lives.get(api);
  if (life === undefined) {
    const { message, hint } = unknownApi(api, lives);
    return why.code === "service_down" ? { ...why, hint: `${message}; ${hint}` } : why;
  }
  const { state, reason } = life.figures;
  if (reason === undefined) return why;
  const [first] = reason.split("\n");
  if (why.code === "service_down" && state === "failed") {
    return { ...why, hint: `its newest source was refused: ${first}; \`logs ${api}\` has more` };
  }
  const old = (why.code === "no_attribute" || why.code === "no_aspect") && state === "running";
  return old ? { ...why, hint: `${why.hint}; an older source serves, since the newest was refused: ${first}` } : why;
}

function notReloaded(api: string, state: ModuleStatus["state"], reason: string | undefined): Fault {
  if (reason !== undefined) return fault("load_failed", reason);
  const coming = state === "starting" || state === "reloading" || state === "restarting";
  if (!coming) return fault("load_failed", `'${api}' is ${state}`);
  return fault("conflict", `'${api}' is ${state}: one more change of it is under way`, {
    hint: `\`status ${api}\` shows what comes of it`,
  });
}

function unknownApi(api: string, lives: Lives) {
  const known = lives.all().map((life) => life.api).sort();
  return fault("not_found", `no module claims api '${api}'`, {
    hint: known.length ? `there are ${known.join(", ")}` : "`status` lists the apis there are",
  });
}
