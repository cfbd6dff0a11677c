/**
 * A host without a home, inside the process that asks: real cells, a real broker, a real vet cell, and nothing that plans or restarts. What a command or
 * a test wants to know of one module is asked here; when it closes, nothing of it is left.
 */
import { type FromWatchdog, kernelSocket, publishedKernelSocket } from "../../contract/channel.ts";
import { type Fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { type CellId, type InstanceId, instanceId } from "../../contract/names.ts";
import type { PlannedModule, SourceSet } from "../../contract/spec.ts";
import type { FailPhase, VetAnswer, VetOrder } from "../../contract/wire.ts";
import { Broker, type KernelServices } from "../../broker/mod.ts";
import { CellTable, VetCell } from "../../cell/mod.ts";
import {
  bringUp,
  drainInstance,
  type Fates,
  type Instance,
  Leadership,
  type LifePowers,
  StateFiles,
  ToolCatalog,
  toolFiles,
} from "../../lifecycle/mod.ts";
import { type BundleCache, bundleLoader, ownPackages, pathsOf, realPositions } from "../../loader/mod.ts";
import { LIBRARY_VERSIONS } from "../../../libs/mod.ts";
import { denoClock, denoFiles, denoRandom, denoSockets } from "../../powers_deno.ts";
import { toHex } from "../../primitives/hex.ts";
import { Semaphore } from "../../primitives/semaphore.ts";
import { childrenTable, type Places, readSurroundings } from "../../watchdog/mod.ts";
import { benchListener } from "./bench_listener.ts";
import { type BenchLine, BenchLog } from "./bench_log.ts";

export interface WorkbenchOptions {
  readonly places: Places;
  readonly cache: BundleCache;
  readonly services: KernelServices;
  /** The home that is shown in positions of sources. */
  readonly shown_home: string;
  /** Each line that a module logs. */
  readonly log?: (line: BenchLine) => void;
  /** What failed in an instance and no call answers for: its run(), an error that nobody caught. */
  readonly failed?: (instance: InstanceId, phase: FailPhase, why: Fault) => void;
}

/** There is one kernel only, and it is not replaced. */
const EPOCH = 1;
/** How long one source may keep the vet cell busy. */
const VET_MS = 10_000;

export class Workbench implements AsyncDisposable {
  readonly broker: Broker;
  readonly cells: CellTable;
  readonly #vet: VetCell;
  readonly #children: ReturnType<typeof childrenTable>;
  readonly #powers: LifePowers;
  readonly #bundle: ReturnType<typeof bundleLoader>;
  readonly #sources = new Map<string, SourceSet>();
  readonly #counted = new Map<string, Result<VetAnswer>>();
  readonly #brought = new WeakMap<Instance, LifePowers>();
  readonly #options: WorkbenchOptions;
  #listener: { close(): void } | undefined;
  #instances = 0;

  private constructor(options: WorkbenchOptions) {
    this.#options = options;
    const { places, cache, services, log = () => {}, failed = () => {} } = options;
    const clock = denoClock;
    const random = denoRandom;
    const lines = new BenchLog((line) => log({ ...line, text: this.inRealPaths(line.text) }));
    this.#children = childrenTable({
      places,
      env: readSurroundings().cell_env,
      tell: (message) => this.#fromChild(message, lines),
      log: (level, text) => log({ api: "", level, text }),
    });
    this.broker = new Broker({ clock, trace_salt: toHex(random.bytes(8)), services, emit: () => {}, hit: () => {} });
    this.cells = new CellTable({
      clock,
      random,
      epoch: EPOCH,
      watchdog: {
        send: (message) => {
          if (message.t === "start_cell") this.#children.start(message);
          if (message.t === "kill") this.#children.kill(message.cell, message.reason);
        },
      },
      listener: benchListener({ broker: this.broker, vet: () => this.#vet, lines, failed }),
    });
    this.#vet = new VetCell(this.cells, clock);
    this.#bundle = bundleLoader({
      cache,
      vet: (order) => this.vet(order),
      versions: LIBRARY_VERSIONS,
      runtime: Deno.version.deno,
    });
    this.#powers = {
      clock,
      random,
      broker: this.broker,
      cells: this.cells,
      tools: new ToolCatalog(),
      known_tools: toolFiles(denoFiles, `${places.home}/runtime/cache/tools`),
      warm: { take: () => undefined },
      leadership: new Leadership(),
      fates: NO_FATES,
      lastLines: () => [],
      states: new StateFiles(denoFiles, clock, `${places.home}/runtime/image/state`),
      emit: () => {},
      log: (level, api, text) => log({ api, level, text }),
      bundle: (planned) => this.bundle(planned),
      own_packages: ownPackages(denoFiles, options.shown_home, LIBRARY_VERSIONS),
      inRealPaths: (text) => this.inRealPaths(text),
      nextInstance: () => this.nextInstance(),
      maySitIn: () => true,
      starting: new Semaphore(4),
      home: places.home,
      membersOf: () => [],
    };
  }

  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const bench = new Workbench(options);
    const { run } = options.places;
    const own = kernelSocket(run, EPOCH);
    bench.#listener = await denoSockets.listen(own, publishedKernelSocket(run), (c) => bench.cells.accept(c));
    bench.broker.allReported([]);
    return bench;
  }

  nextInstance() {
    return instanceId(EPOCH, ++this.#instances);
  }

  /** Asks the vet cell, whatever is in the cache. */
  vet(order: VetOrder) {
    return this.#vet.vet(order, VET_MS);
  }

  /** The text that a module runs as, or why it may not, in positions of its author's files. */
  async bundle({ spec: { api, config, grants }, source }: PlannedModule): Promise<Result<string>> {
    this.#sources.set(api, source);
    const { packages, builtins } = grants;
    const bundled = await this.#bundle({ api, config, source, packages, builtins });
    if (bundled.ok) return ok(bundled.value.code);
    return refuse({ ...bundled.fault, message: this.inRealPaths(bundled.fault.message) });
  }

  /** The same with a method that counts lines, for tests; in no cache. */
  async counted({ spec: { api, config, grants }, source }: PlannedModule, counts: string): Promise<Result<string>> {
    const key = `${api}\0${source.hash}`;
    const { packages, builtins } = grants;
    const made = this.#counted.get(key) ??
      await this.vet({ api, entry: source.entry, files: source.files, packages, builtins, config, counts });
    this.#counted.set(key, made);
    return made.ok ? ok(made.value.code) : refuse({ ...made.fault, message: this.inRealPaths(made.fault.message) });
  }

  /** A new instance in a cell; calls to its api go there. `code` in the place of its own bundle. */
  async bring(planned: PlannedModule, code?: string): Promise<Result<Instance>> {
    this.#sources.set(planned.spec.api, planned.source);
    return await this.#bring(
      planned,
      code === undefined ? this.#powers : { ...this.#powers, bundle: () => Promise.resolve(ok(code)) },
    );
  }

  /** The same in a cell that attached by itself and stays. */
  async bringInto(cell: CellId, planned: PlannedModule): Promise<Result<Instance>> {
    const start = () => Promise.resolve(ok(this.cells.get(cell)!));
    const stays = {
      all: () => [],
      start,
      share: start,
      hold: () => {},
      release: () => Promise.resolve(),
      end: () => Promise.resolve(),
    };
    return await this.#bring(planned, { ...this.#powers, cells: stays, bundle: () => Promise.resolve(ok("")) });
  }

  /** Ends an instance as a host would, its calls, its shutdown(), its Worker, but within `ms`. */
  async leave(instance: Instance, ms?: number): Promise<void> {
    await drainInstance(instance, this.#brought.get(instance)!, { bound_ms: ms });
    this.broker.route(instance.planned.spec.api, undefined);
  }

  async #bring(planned: PlannedModule, powers: LifePowers): Promise<Result<Instance>> {
    const brought = await bringUp(planned, powers);
    if (!brought.ok) return brought;
    this.#brought.set(brought.value, powers);
    const { id, cell, seat } = brought.value;
    this.broker.route(planned.spec.api, { to: "seat", seat });
    const early = cell.claim(id);
    if (early !== undefined) this.#options.failed?.(id, early.phase, early.why);
    return brought;
  }

  inRealPaths(text: string): string {
    return realPositions(text, pathsOf(this.#sources, this.#options.shown_home));
  }

  /** Ends every process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#vet.dispose();
    await this.cells.endAll("the bench closes");
    await this.#children.killAll("the bench closes");
    this.#listener?.close();
    this.broker.dispose();
  }

  /** Without waiting: for a process that ends right now. */
  kill(): void {
    void this.#children.killAll("the process ends");
  }

  #fromChild(message: FromWatchdog, lines: BenchLog): void {
    if (message.t === "cells") this.cells.known(message.cells);
    if (message.t === "log") lines.line(message.cell, message.stream, message.line);
    if (message.t !== "exited") return;
    const { cell, code, signal, reason } = message;
    void (async () => {
      await this.cells.get(cell)?.lastWordsRead();
      this.cells.exited(cell, lines.lastWords(cell) ?? `its process ended (${reason ?? signal ?? code})`);
    })();
  }
}

/** Failures are the test's, and nobody's afterwards. */
const NO_FATES: Fates = { of: () => undefined, keep: () => {}, forget: () => {} };
