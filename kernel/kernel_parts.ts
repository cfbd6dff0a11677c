/** The parts of a kernel, put together: each is handed the powers and the other parts that it needs. What they do together is told in kernel.ts. */
import type { EmitEvent, LoggedEvent } from "./contract/events.ts";
import { cellBase, instanceIn, maySitIn } from "./contract/names.ts";
import type { Plan } from "./contract/spec.ts";
import type { HostStatus } from "./contract/status.ts";
import { allowedFiles } from "./allowed_files.ts";
import { Broker, type Principals } from "./broker/mod.ts";
import { CellTable, VetCell, WarmCells } from "./cell/mod.ts";
import { cellListener } from "./cell_listener.ts";
import { EventLog, type LineFeed, logFeed } from "./events/mod.ts";
import { HandOver, MetaWatch } from "./handover/mod.ts";
import { kernelServices } from "./kernel_services.ts";
import type { KernelSetup } from "./kernel_setup.ts";
import {
  FateFiles,
  Leadership,
  type LifePowers,
  Lives,
  Reconciler,
  rehearseModule,
  shareModule,
  StateFiles,
  ToolCatalog,
  toolFiles,
} from "./lifecycle/mod.ts";
import { LimitHits } from "./limit_hits.ts";
import { cellsMemory, MemoryCeiling } from "./memory_ceiling.ts";
import { ownPackages } from "./loader/mod.ts";
import { LIBRARY_VERSIONS } from "../libs/mod.ts";
import { moduleBundles } from "./module_bundles.ts";
import { ModuleLog } from "./module_log.ts";
import { planWorld } from "./plan_world.ts";
import { proposalDesk } from "./proposal_desk.ts";
import { type Proposals, ProposalStore } from "./proposals/mod.ts";
import { proposalServices } from "./proposal_services.ts";
import { principalDesk } from "./principal_desk.ts";
import { toHex } from "./primitives/hex.ts";
import { Semaphore } from "./primitives/semaphore.ts";
import { TokenTable } from "./token_table.ts";
import { WatchdogDesk } from "./watchdog_desk.ts";

/** What parts ask of the kernel that they belong to. */
export interface KernelAsks {
  status(): Promise<HostStatus>;
  /** The plan as it was made last. */
  plan(): Plan;
  planned(plan: Plan): void;
  exportState(): unknown;
  /** Its sockets get the public names again. */
  publish(): Promise<void>;
  /** Another kernel leads. */
  retire(): void;
}

export interface KernelParts {
  readonly broker: Broker;
  readonly cells: CellTable;
  readonly vet: VetCell;
  readonly warm: WarmCells;
  readonly lives: Lives;
  readonly states: StateFiles;
  readonly fates: FateFiles;
  readonly tools: ToolCatalog;
  readonly tokens: TokenTable;
  readonly principals: Principals;
  readonly proposals: Proposals;
  readonly proposal_store: ProposalStore;
  readonly reconciler: Reconciler;
  readonly leadership: Leadership;
  readonly hand_over: HandOver;
  readonly meta_watch: MetaWatch;
  readonly desk: WatchdogDesk;
  readonly events: LineFeed<LoggedEvent>;
  readonly module_log: ModuleLog;
  readonly limits: LimitHits;
  readonly emit: EmitEvent;
}

/** Lines of the event log that `events` shows without reading a file. */
export const EVENTS_REMEMBERED = 2_000;

export function kernelParts({ powers, hello, meta, meta_file, log }: KernelSetup, asks: KernelAsks): KernelParts {
  const { clock, random, files } = powers;
  const { home, program, epoch } = hello;
  const leadership = new Leadership();
  if (hello.beside_former) leadership.besideFormer();
  const events = logFeed<LoggedEvent>(powers, {
    path: `${home}/${meta.event_log}`,
    remembered: EVENTS_REMEMBERED,
    epoch,
    meta,
  });
  const event_log = new EventLog(events, clock);
  // Once another kernel leads, that one tells what happens.
  const emit: EmitEvent = (event) => {
    if (!leadership.leads) return;
    event_log.emit(event);
    proposals.heard(event);
  };
  const tools = new ToolCatalog();
  const proposal_store = new ProposalStore(files, `${home}/runtime/image/proposals`);
  const proposals: Proposals = proposalDesk({
    ...{ files, clock, random, home, emit, plan: asks.plan, tools, store: proposal_store },
    lives: () => lives,
    reconciler: () => reconciler,
    rehearse: (planned, rehearsal) => rehearseModule(planned, life_powers, rehearsal),
    share: (planned, sharing) => shareModule(planned, life_powers, sharing),
  });
  const module_log = new ModuleLog(log, home, asks.plan, (id) => cells.get(id)?.base ?? cellBase(id));
  const limits = new LimitHits(emit, clock);
  const inRealPaths = (text: string) => module_log.inRealPaths(text);
  const desk = new WatchdogDesk(powers.watchdog);
  const tokens = new TokenTable({ files, clock, random, folder: `${home}/runtime/image/tokens` });
  const principals = principalDesk(asks.plan, tools, tokens);
  const broker = new Broker({
    clock,
    trace_salt: toHex(random.bytes(8)),
    emit,
    hit: limits.hit,
    tracer: powers.tracer,
    tools,
    principals,
    services: kernelServices({
      ...{ files, home, emit, clock, tools, tokens, events },
      env: (name) => desk.env(name),
      status: asks.status,
      reload: (api) => {
        const life = lives.get(api);
        return life && leadership.whileLeading(() => life.again().then(() => true as const));
      },
    }, proposalServices({ proposals, leading: (job) => leadership.whileLeading(job) })),
  });
  const ceiling = new MemoryCeiling(cellsMemory(meta.cells_memory_mb, hello.machine_mb), {
    cells: () => leadership.leads ? cells.all() : [],
    end: (cell, why, hit) => {
      cell.last_words = { limit: hit.limit };
      module_log.dying(cell.id, why);
      limits.ended(cell.base, hit);
      cells.kill(cell, why);
    },
  });
  const cells: CellTable = new CellTable({
    refuse: (base) => ceiling.refuse(base),
    clock,
    random,
    epoch,
    watchdog: desk,
    listener: cellListener({
      broker,
      lives: () => lives,
      vet: () => vet,
      warm: () => warm,
      log: module_log,
      limits,
      reported: (cell) => desk.reported(cell.id),
      figures: () => ceiling.look(),
    }),
  });
  const vet = new VetCell(cells, clock);
  const starting = new Semaphore(meta.max_cells_starting);
  const warm = new WarmCells({ cells, watchdog: desk, clock, starting, count: meta.warm_cells });
  const states = new StateFiles(files, clock, `${home}/runtime/image/state`);
  const fates = new FateFiles(
    files,
    `${home}/runtime/image/fates`,
    (error) => log.error(`a failure could not be kept: ${error}`),
  );
  let instances = 0;
  const life_powers: LifePowers = {
    ...{ clock, random, broker, cells, tools, states, fates, leadership, emit, inRealPaths, starting, warm, home },
    lastLines: (api) => module_log.lastLines(api),
    known_tools: toolFiles(files, `${home}/runtime/cache/tools`),
    log: (level, api, message) => leadership.leads && module_log.say(level, api, message),
    bundle: moduleBundles({ files, home, vet, runtime: powers.runtime, inRealPaths }),
    own_packages: ownPackages(files, home, LIBRARY_VERSIONS),
    nextInstance: (cell) => instanceIn(cell, epoch, ++instances),
    maySitIn,
    membersOf: (cell) => [...asks.plan().modules.values()].filter(({ spec }) => spec.cell === cell),
  };
  const lives: Lives = new Lives(life_powers);
  const allowed = allowedFiles(files, `${home}/runtime/image/allowed`);
  const reconciler = new Reconciler({
    ...{ files, clock, home, lives, emit },
    world: () => planWorld(files, { home, program }, allowed),
    planned: asks.planned,
  });
  const hand_over = new HandOver({
    ...{ epoch, clock, emit, leadership, watchdog: desk, retire: asks.retire, publish: asks.publish },
    succeeds: hello.successor !== undefined,
    state: () => Promise.resolve(asks.exportState()),
  });
  const meta_watch = new MetaWatch({
    ...{ files, clock, home, running: meta_file, passed_over: hello.pass_over },
    rejected: (file, reason) => emit({ kind: "config.rejected", message: reason, detail: { file: `configs/${file}` } }),
    handOver: async (to) => {
      const outcome = await hand_over.to(to);
      return !outcome.ok && outcome.fault.retriable ? "later" : "refused";
    },
  });
  return {
    ...{
      broker,
      cells,
      vet,
      warm,
      lives,
      states,
      fates,
      tools,
      tokens,
      principals,
      proposals,
      proposal_store,
      reconciler,
      leadership,
      hand_over,
      meta_watch,
      desk,
      events,
    },
    ...{ module_log, limits, emit },
  };
}
