/**
 * The kernel: its parts (kernel_parts.ts) in motion, from its boot to its end. It knows who may call whom; it runs no module code, parses no module source,
 * and cannot start a process (the watchdog does).
 */
import { type FromWatchdog, kernelSocket, publishedKernelSocket } from "./contract/channel.ts";
import { FaultError } from "./contract/fault.ts";
import type { LoggedEvent } from "./contract/events.ts";
import type { Listening } from "./contract/powers.ts";
import type { Plan } from "./contract/spec.ts";
import type { HostStatus } from "./contract/status.ts";
import type { Broker } from "./broker/mod.ts";
import type { ControlServer } from "./control/mod.ts";
import { readTail } from "./events/mod.ts";
import { type KernelState, parseKernelState, retire, STATE_FORMAT } from "./handover/mod.ts";
import { hostStatus } from "./host_status.ts";
import { EVENTS_REMEMBERED, type KernelParts, kernelParts } from "./kernel_parts.ts";
import type { KernelLike, KernelSetup } from "./kernel_setup.ts";
import { apisOfCells, type Lives } from "./lifecycle/mod.ts";
import { openOperatorDoor } from "./operator_door.ts";

/** For kernels of a home's own, which extend this one (`meta-machine/kernel`). */
export type { KernelLike, KernelSetup } from "./kernel_setup.ts";

/** How long cells that outlived a former kernel may take to report before their modules are started anew. */
const REPORTS_MS = 1_000;
/** All the time that a kernel which did not boot has to end what it had begun. */
const CLEAR_AWAY_MS = 2_000;

export class Kernel implements KernelLike {
  readonly #setup: KernelSetup;
  readonly #parts: KernelParts;
  readonly #started: number;
  readonly #ended = Promise.withResolvers<void>();
  readonly #stop_now = new AbortController();
  #plan: Plan = { modules: new Map(), rejected: [] };
  #control: ControlServer | undefined;
  #listener: Listening | undefined;
  #stopping = false;
  #watches_meta = false;
  /** Cells that were there before this kernel have reported, or will not. */
  #reported: Promise<void> | undefined;
  /** What the former kernel told. */
  #inherited: KernelState | undefined;

  constructor(setup: KernelSetup) {
    this.#setup = setup;
    this.#started = setup.powers.clock.now();
    this.#parts = kernelParts(setup, {
      status: () => this.status(),
      plan: () => this.#plan,
      planned: (plan) => {
        this.#plan = plan;
        if (this.#watches_meta) void this.#parts.meta_watch.look();
      },
      exportState: () => this.exportState(),
      publish: () => this.#publish(),
      retire: () => void this.#retire(),
    });
  }

  protected get broker(): Broker {
    return this.#parts.broker;
  }
  protected get lives(): Lives {
    return this.#parts.lives;
  }

  async boot(): Promise<void> {
    const { powers, hello, log } = this.#setup;
    const { run, epoch, home } = hello;
    this.#parts.events.remember(
      await readTail<LoggedEvent>(powers.files, `${home}/${this.#setup.meta.event_log}`, EVENTS_REMEMBERED),
    );
    await Promise.all([this.#parts.states.look(), this.#parts.fates.look(), this.#parts.tokens.look()]);
    await this.#parts.proposal_store.look();
    this.#setup.listen((message) => this.#fromWatchdog(message));
    if (this.#inherited !== undefined) this.lives.inherit(this.#inherited.modules);
    this.lives.expect(await this.#parts.reconciler.plan());
    // Cells that outlived a former kernel attach as soon as there is a socket: by then it is known who may call whom.
    this.#listener = await powers.sockets.listen(
      kernelSocket(run, epoch),
      publishedKernelSocket(run),
      (c) => this.#parts.cells.accept(c),
    );
    const former = this.#inherited;
    if (former !== undefined) {
      this.#control = await this.#openDoor();
      await this.#parts.hand_over.takeOver();
    }
    // It is a change: the next successor would be told of modules without an instance whose cells are still to report.
    await (this.#reported = this.#parts.leadership.change(async () => {
      const lost = await this.#parts.desk.everyoneReported(powers.clock, REPORTS_MS);
      this.lives.allReported();
      this.broker.allReported(apisOfCells(this.#plan, lost));
    }, { alters: false }));
    const starting = this.lives.expected().map((life) => life.start());
    this.#control ??= await this.#openDoor();
    await Promise.all(starting);
    if (this.#stopping) return;
    await this.#parts.reconciler.resynchronizeState();
    this.#parts.reconciler.watch([`${home}/configs`, `${home}/plugins`, `${home}/prompts`]);
    const running = this.lives.all().filter(({ state }) => state === "running" || state === "sleeping").length;
    this.#parts.warm.open();
    this.#parts.desk.send({ t: "ready", modules: running });
    const { file: config } = this.#setup.meta_file;
    const kind = former === undefined ? "kernel.ready" : "kernel.swapped";
    const detail = { modules: running, epoch, config, ...(former !== undefined && { from: former.config }) };
    this.#parts.emit({ kind, detail });
    log.info(`${kind}: ${running} modules, kernel ${epoch} from ${config}`);
    this.#watches_meta = true;
    void this.#parts.meta_watch.look();
  }

  /** For a successor: all that it can't learn from the cells. */
  exportState(): KernelState {
    const { meta_file, hello } = this.#setup;
    const calls = this.broker.handed_over.told();
    return { format: STATE_FORMAT, config: meta_file.file, epoch: hello.epoch, modules: this.lives.records(), calls };
  }

  /** Of the kernel that leads, before `boot`. Throws a FaultError for what this one does not understand. */
  importState(state: unknown): void {
    const parsed = parseKernelState(state);
    if (!parsed.ok) throw new FaultError(parsed.fault);
    this.#inherited = parsed.value;
    this.broker.handed_over.take(parsed.value.calls);
  }

  waitForShutdown(): Promise<void> {
    return this.#ended.promise;
  }

  /** After a boot that threw: ends what it had begun, so that the next kernel in this process finds nothing in its way. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop(CLEAR_AWAY_MS);
    for (const part of [this.broker, this.#parts.vet]) part.dispose();
  }

  /** Figures of the host and its modules; of one when `api` is given. */
  status(api?: string): Promise<HostStatus> {
    const { powers, version, meta_file } = this.#setup;
    const { clock, pid, figures } = powers;
    const about = { version, config: meta_file.file, pid, started: this.#started };
    const { lives, broker } = this;
    const { limits } = this.#parts;
    return hostStatus({ lives, broker, limits, plan: this.#plan, clock, about, figures: figures() }, api);
  }

  #fromWatchdog(message: FromWatchdog): void {
    switch (message.t) {
      case "cells":
        this.#parts.cells.known(message.cells);
        return this.#parts.desk.cells(message.cells);
      case "exited":
        return void this.#exited(message);
      case "log":
        return this.#parts.module_log.line(message.cell, message.stream, message.line);
      case "env":
        return this.#parts.desk.answerEnv(message.name, message.value);
      case "drain":
        return void this.#stop(message.ms);
      case "state":
        return void this.#parts.hand_over.tellState();
      case "lead":
        return this.#parts.hand_over.lead(message);
      default: // hello was read before
    }
  }

  async #exited({ cell, code, signal, reason }: FromWatchdog & { t: "exited" }): Promise<void> {
    await this.#parts.cells.get(cell)?.lastWordsRead();
    this.#parts.desk.exited(cell, { in_order: code === 0 });
    this.#parts.cells.exited(
      cell,
      this.#parts.module_log.lastWords(cell) ?? `its process ended (${reason ?? signal ?? code})`,
    );
  }

  #openDoor(): Promise<ControlServer> {
    return openOperatorDoor(this.#setup, this.#parts, (api) => this.status(api));
  }

  async #publish(): Promise<void> {
    try {
      await Promise.all([this.#listener?.publish(), this.#control?.publish()]);
    } catch (error) {
      this.#setup.log.error(`the sockets could not be published again: ${error}`);
    }
  }

  /** Another kernel leads. */
  async #retire(): Promise<void> {
    this.#setup.log.info(`kernel ${this.#setup.hello.epoch} handed over and finishes its calls`);
    await retire({
      clock: this.#setup.powers.clock,
      calls: this.broker.handed_over,
      cells: this.#parts.cells,
      watchdog: this.#parts.desk,
      endWork: () => [
        this.#parts.reconciler.stopWatching(),
        this.#parts.warm.dispose(),
        this.#parts.vet.dispose(),
        this.#parts.meta_watch.end(),
      ],
      closeDoors: async (ms) => {
        this.#listener?.close();
        await this.#control?.retire(ms);
      },
      now: this.#stop_now.signal,
    });
    await this.#parts.events.close();
    this.#ended.resolve();
  }

  /** Ends everything in order; what does not end in time is left to the watchdog. */
  async #stop(ms: number): Promise<void> {
    this.#stop_now.abort();
    if (this.#stopping || !this.#parts.leadership.leads) return;
    this.#stopping = true;
    this.#parts.leadership.resume();
    this.#setup.log.info("the host stops");
    this.#parts.meta_watch.end();
    this.#parts.reconciler.stopWatching();
    this.#parts.warm.dispose();
    const until = this.#setup.powers.clock.monotonic() + ms * 0.8;
    await this.#reported; // a module whose cell has not reported yet would be ended without its last state
    await this.lives.stopAll(this.#plan, until - this.#setup.powers.clock.monotonic());
    await this.#parts.cells.endAll("the host stops");
    await this.#control?.close();
    this.#listener?.close();
    await this.#parts.events.close();
    this.#ended.resolve();
  }
}
