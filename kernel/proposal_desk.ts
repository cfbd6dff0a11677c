/** Proposals of this host: how they are looked at, tried and put into effect by its parts. */
import type { EmitEvent } from "./contract/events.ts";
import { SOURCES } from "./contract/limits.ts";
import { type ApiName, isApiName } from "./contract/names.ts";
import type { Clock, Files, Randomness } from "./contract/powers.ts";
import type { Plan } from "./contract/spec.ts";
import { SETTLE_MS } from "./config/mod.ts";
import type { Lives, Reconciler, ToolCatalog } from "./lifecycle/mod.ts";
import { nameTaken } from "./name_taken.ts";
import { pause } from "./primitives/pause.ts";
import { type ProposalPowers, Proposals, type ProposalStore } from "./proposals/mod.ts";

export interface DeskParts {
  readonly files: Files;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly home: string;
  readonly emit: EmitEvent;
  readonly plan: () => Plan;
  readonly lives: () => Lives;
  readonly reconciler: () => Reconciler;
  readonly rehearse: ProposalPowers["rehearse"];
  readonly share: ProposalPowers["share"];
  readonly tools: ToolCatalog;
  readonly store: ProposalStore;
}

export function proposalDesk(parts: DeskParts): Proposals {
  const { files, clock, random, home, emit, plan, lives, reconciler, rehearse, share, tools, store } = parts;
  return new Proposals({
    ...{ files, clock, random, home, emit, store },
    read: (file) => files.readText(`${home}/${file}`, SOURCES.file_bytes),
    present: (api) => {
      const { modules } = plan();
      const planned = isApiName(api) ? modules.get(api) : undefined;
      const others = [...modules.values()].filter(({ spec }) => spec.api !== api && spec.prog === planned?.spec.prog);
      return planned &&
        {
          planned,
          others: others.map(({ spec }) => spec.api),
          tools: tools.offered().filter((tool) => tool.api === api).map(({ spec }) => spec),
        };
    },
    rehearse,
    share,
    taken: (api) => nameTaken(api, { plan: plan(), files, home }),
    switched: async (api, write) => {
      await reconciler().whileStill(write);
      // A config is acted on when it has not changed for a while: seen once, and once more when that has passed.
      await reconciler().resynchronizeState(true);
      await pause(clock, SETTLE_MS + 50);
      await reconciler().resynchronizeState(true);
      const life = lives().get(api);
      if (life === undefined) return whyRejected(plan(), api as ApiName);
      await life.settled();
      const { state, reason } = life.figures;
      if (reason !== undefined) return reason.split("\n")[0];
      return state === "running" || state === "sleeping" ? whyRejected(plan(), api as ApiName) : `it is ${state}`;
    },
  });
}

/** One that no config claims any more has gone as it was meant to. */
function whyRejected({ rejected }: Plan, api: ApiName): string | undefined {
  return rejected.find((one) => one.api === api)?.fault.message;
}
