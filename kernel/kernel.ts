/**
 * The kernel: composition root of broker, cells, lives, configs and control. It knows who may call whom; it runs no module code, parses no
 * module source, and cannot start a process (the watchdog does).
 */
import {
  controlSocket,
  type FromWatchdog,
  kernelSocket,
  publishedControlSocket,
  publishedKernelSocket,
} from "./contract/channel.ts";
import { cellBase, instanceId } from "./contract/names.ts";
import type { LoggedEvent } from "./contract/events.ts";
import type { Plan } from "./contract/spec.ts";
import type { HostStatus } from "./contract/status.ts";
import { Broker } from "./broker/mod.ts";
import { CellTable, VetCell, WarmCells } from "./cell/mod.ts";
import { cellListener } from "./cell_listener.ts";
import { type ControlServer, serveControl } from "./control/mod.ts";
import { controlVerbs } from "./control_verbs.ts";
import { EventLog, type LineFeed, logFeed, readTail } from "./events/mod.ts";
import { hostStatus } from "./host_status.ts";
import { kernelServices } from "./kernel_services.ts";
import type { KernelLike, KernelSetup } from "./kernel_setup.ts";
import { apisOfCells, Lives, Reconciler, StateFiles, ToolCatalog, toolFiles } from "./lifecycle/mod.ts";
import { LimitHits } from "./limit_hits.ts";
import { MetaWatch } from "./meta_watch.ts";
import { moduleBundles } from "./module_bundles.ts";
import { ModuleLog } from "./module_log.ts";
import { planWorld } from "./plan_world.ts";
import { toHex } from "./primitives/hex.ts";
import { Semaphore } from "./primitives/semaphore.ts";
import { WatchdogDesk } from "./watchdog_desk.ts";

/** How long cells that outlived a former kernel may take to report before their modules are started anew. */
const REPORTS_MS = 1_000;
/** All the time that a kernel which did not boot has to end what it had begun. */
const CLEAR_AWAY_MS = 2_000;
const EVENTS_REMEMBERED = 2_000;

export class Kernel implements KernelLike {
  readonly #setup: KernelSetup;
  readonly #started: number;
  protected readonly broker: Broker;
  readonly #cells: CellTable;
  readonly #vet: VetCell;
  readonly #warm: WarmCells;
  protected readonly lives: Lives;
  readonly #states: StateFiles;
  readonly #tools = new ToolCatalog();
  readonly #reconciler: Reconciler;
  readonly #meta_watch: MetaWatch;
  readonly #desk: WatchdogDesk;
  readonly #events: LineFeed<LoggedEvent>;
  readonly #event_log: EventLog;
  readonly #module_log: ModuleLog;
  readonly #limits: LimitHits;
  readonly #ended = Promise.withResolvers<void>();
  #plan: Plan = { modules: new Map(), rejected: [] };
  #instances = 0;
  #control: ControlServer | undefined;
  #listener: { close(): void } | undefined;
  #stopping = false;

  constructor(setup: KernelSetup) {
    const { powers, hello, meta, log } = setup;
    const { clock, random, files } = powers;
    const { home, program, epoch } = hello;
    this.#setup = setup;
    this.#started = clock.now();
    this.#events = logFeed(powers, { path: `${home}/${meta.event_log}`, remembered: EVENTS_REMEMBERED, epoch, meta });
    this.#event_log = new EventLog(this.#events, clock);
    const emit = this.#event_log.emit.bind(this.#event_log);
    this.#limits = new LimitHits(emit, clock);
    this.#module_log = new ModuleLog(log, home, () => this.#plan, (id) => this.#cells.get(id)?.base ?? cellBase(id));
    this.#desk = new WatchdogDesk(powers.watchdog);
    this.broker = new Broker({
      clock,
      trace_salt: toHex(random.bytes(8)),
      emit,
      hit: this.#limits.hit,
      tracer: powers.tracer,
      services: kernelServices({
        ...{ files, home, emit, clock },
        env: (name) => this.#desk.env(name),
        status: () => this.status(),
        reload: (api) => this.lives.get(api)?.again(),
      }),
    });
    this.#cells = new CellTable({
      clock,
      random,
      epoch,
      watchdog: this.#desk,
      listener: cellListener({
        broker: this.broker,
        lives: () => this.lives,
        vet: () => this.#vet,
        warm: () => this.#warm,
        log: this.#module_log,
        limits: this.#limits,
        reported: (cell) => this.#desk.reported(cell.id),
      }),
    });
    this.#meta_watch = new MetaWatch(files, home, setup.meta_file, emit);
    this.#vet = new VetCell(this.#cells, clock);
    const starting = new Semaphore(meta.max_cells_starting);
    this.#warm = new WarmCells({ cells: this.#cells, watchdog: this.#desk, clock, starting, count: meta.warm_cells });
    this.#states = new StateFiles(files, clock, `${home}/runtime/image/state`);
    const inRealPaths = (text: string) => this.#module_log.inRealPaths(text);
    this.lives = new Lives({
      clock,
      random,
      broker: this.broker,
      cells: this.#cells,
      tools: this.#tools,
      states: this.#states,
      known_tools: toolFiles(files, `${home}/runtime/cache/tools`),
      emit,
      log: (level, api, message) => this.#module_log.say(level, api, message),
      bundle: moduleBundles({ ...{ files, home, vet: this.#vet, runtime: powers.runtime }, inRealPaths }),
      inRealPaths,
      nextInstance: () => instanceId(epoch, ++this.#instances),
      starting,
      warm: this.#warm,
      home,
      membersOf: (cell) => [...this.#plan.modules.values()].filter(({ spec }) => spec.cell === cell),
    });
    this.#reconciler = new Reconciler({
      files,
      clock,
      home,
      lives: this.lives,
      world: () => planWorld(files, { home, program }),
      planned: (plan) => {
        this.#plan = plan;
        void this.#meta_watch.look();
      },
      emit,
    });
  }

  async boot(): Promise<void> {
    const { powers, hello, log } = this.#setup;
    const { run, epoch, home } = hello;
    this.#events.remember(
      await readTail<LoggedEvent>(powers.files, `${home}/${this.#setup.meta.event_log}`, EVENTS_REMEMBERED),
    );
    await this.#states.look();
    this.#setup.listen((message) => this.#fromWatchdog(message));
    this.lives.expect(await this.#reconciler.plan());
    // Cells that outlived a former kernel attach as soon as there is a socket: by then it is known who may call whom.
    this.#listener = await powers.sockets.listen(
      kernelSocket(run, epoch),
      publishedKernelSocket(run),
      (c) => this.#cells.accept(c),
    );
    const lost = await this.#desk.everyoneReported(powers.clock, REPORTS_MS);
    this.lives.allReported();
    this.broker.allReported(apisOfCells(this.#plan, lost));
    const starting = this.lives.expected().map((life) => life.start());
    this.#control = await serveControl({
      sockets: powers.sockets,
      clock: powers.clock,
      own: controlSocket(run, epoch),
      published: publishedControlSocket(run),
      onDefect: (verb, error) => log.error(`'${verb}' failed: ${error instanceof Error ? error.stack : error}`),
      handlers: controlVerbs({
        files: powers.files,
        home,
        broker: this.broker,
        lives: this.lives,
        reconciler: this.#reconciler,
        tools: this.#tools,
        logs: this.#setup.log_feed,
        events: this.#events,
        status: (api) => this.status(api),
        stop: () => this.#desk.send({ t: "stop" }),
        about: { pid: powers.pid, epoch, version: hello.version, config: this.#setup.meta_file.file },
      }),
    });
    await Promise.all(starting);
    if (this.#stopping) return;
    await this.#reconciler.resynchronizeState();
    this.#reconciler.watch([`${home}/configs`, `${home}/plugins`, `${home}/prompts`]);
    const running = this.lives.all().filter(({ state }) => state === "running" || state === "sleeping").length;
    this.#warm.open();
    this.#desk.send({ t: "ready", modules: running });
    const { file: config } = this.#setup.meta_file;
    this.#event_log.emit({ kind: "kernel.ready", detail: { modules: running, epoch, config } });
    log.info(`kernel.ready: ${running} modules, kernel ${epoch} from ${config}`);
  }

  waitForShutdown(): Promise<void> {
    return this.#ended.promise;
  }

  /** After a boot that threw: ends what it had begun, so that the next kernel in this process finds nothing in its way. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop(CLEAR_AWAY_MS);
    for (const part of [this.broker, this.#vet]) part.dispose();
  }

  /** Figures of the host and its modules; of one when `api` is given. */
  status(api?: string): Promise<HostStatus> {
    const { powers, hello, meta_file } = this.#setup;
    const { clock, pid, figures } = powers;
    const about = { version: hello.version, config: meta_file.file, pid, started: this.#started };
    const parts = { lives: this.lives, broker: this.broker, plan: this.#plan, clock, about, figures: figures() };
    return hostStatus(parts, api);
  }

  #fromWatchdog(message: FromWatchdog): void {
    switch (message.t) {
      case "cells":
        this.#cells.known(message.cells);
        return this.#desk.cells(message.cells);
      case "exited":
        return void this.#exited(message);
      case "log":
        return this.#module_log.line(message.cell, message.stream, message.line);
      case "env":
        return this.#desk.answerEnv(message.name, message.value);
      case "drain":
        return void this.#stop(message.ms);
      default: // state, lead, hello: the hand-over between kernels
    }
  }

  async #exited({ cell, code, signal, reason }: FromWatchdog & { t: "exited" }): Promise<void> {
    await this.#cells.get(cell)?.lastWordsRead();
    this.#desk.exited(cell, { in_order: code === 0 });
    this.#cells.exited(cell, this.#module_log.lastWords(cell) ?? `its process ended (${reason ?? signal ?? code})`);
  }

  /** Ends everything in order; what does not end in time is left to the watchdog. */
  async #stop(ms: number): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#setup.log.info("the host stops");
    this.#reconciler.stopWatching();
    this.#warm.dispose();
    await this.lives.stopAll(this.#plan, ms * 0.8);
    await this.#cells.endAll("the host stops");
    await this.#control?.close();
    this.#listener?.close();
    await this.#events.close();
    this.#ended.resolve();
  }
}
