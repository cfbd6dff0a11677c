/**
 * A host without a home, inside the process that asks: real cells, a real broker, a real vet cell, and nothing that plans or restarts. What a command or
 * a test wants to know of one module is asked here; when it closes, nothing of it is left.
 */
import type { FromWatchdog } from "../../contract/channel.ts";
import { kernelSocket, publishedKernelSocket } from "../../contract/channel.ts";
import type { Result } from "../../contract/fault.ts";
import { ok, refuse } from "../../contract/fault.ts";
import { instanceId } from "../../contract/names.ts";
import type { PlannedModule, SourceSet } from "../../contract/spec.ts";
import type { VetOrder } from "../../contract/wire.ts";
import { Broker, type KernelServices } from "../../broker/mod.ts";
import { CellTable, VetCell } from "../../cell/mod.ts";
import {
  bringUp,
  drainInstance,
  type Instance,
  type LifePowers,
  StateFiles,
  ToolCatalog,
  toolFiles,
} from "../../lifecycle/mod.ts";
import { type BundleCache, bundleLoader, pathsOf, realPositions } from "../../loader/mod.ts";
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
  readonly #options: WorkbenchOptions;
  #listener: { close(): void } | undefined;
  #instances = 0;

  private constructor(options: WorkbenchOptions) {
    this.#options = options;
    const { places, cache, services, log = () => {} } = options;
    const clock = denoClock;
    const random = denoRandom;
    const lines = new BenchLog((line) => log({ ...line, text: this.inRealPaths(line.text) }));
    this.#children = childrenTable({
      places,
      env: readSurroundings().cell_env,
      tell: (message) => this.#fromChild(message, lines),
      log: (level, text) => log({ api: "", level, text }),
    });
    this.broker = new Broker({ clock, trace_salt: toHex(random.bytes(8)), services, emit: () => {} });
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
      listener: benchListener({ broker: this.broker, vet: () => this.#vet, lines }),
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
      states: new StateFiles(denoFiles, clock, `${places.home}/runtime/image/state`),
      emit: () => {},
      log: (level, api, text) => log({ api, level, text }),
      bundle: (planned) => this.bundle(planned),
      nextInstance: () => this.nextInstance(),
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
  async bundle({ spec: { api, grants }, source }: PlannedModule): Promise<Result<string>> {
    this.#sources.set(api, source);
    const bundled = await this.#bundle({ api, source, packages: grants.packages, builtins: grants.builtins });
    if (bundled.ok) return ok(bundled.value.code);
    return refuse({ ...bundled.fault, message: this.inRealPaths(bundled.fault.message) });
  }

  /** A new instance in a cell; calls to its api go there. `code` in the place of its own bundle. */
  async bring(planned: PlannedModule, code?: string): Promise<Result<Instance>> {
    this.#sources.set(planned.spec.api, planned.source);
    const powers = code === undefined ? this.#powers : { ...this.#powers, bundle: () => Promise.resolve(ok(code)) };
    const brought = await bringUp(planned, powers);
    if (brought.ok) this.broker.route(planned.spec.api, { to: "seat", seat: brought.value.seat });
    return brought;
  }

  /** Ends an instance as a host would: its calls, its shutdown(), its Worker. */
  async leave(instance: Instance): Promise<void> {
    await drainInstance(instance, this.#powers);
    this.broker.route(instance.planned.spec.api, undefined);
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
