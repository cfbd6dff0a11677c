/** The bench of one test file: opened by its first test, closed behind its last. */
import { publishedKernelSocket } from "../../contract/channel.ts";
import type { Fault, Result } from "../../contract/fault.ts";
import { DEFAULT_LIMITS } from "../../contract/limits.ts";
import { type ApiName, cellId, type InstanceId } from "../../contract/names.ts";
import type { ModuleSpec, PlannedModule } from "../../contract/spec.ts";
import type { FailPhase } from "../../contract/wire.ts";
import { parseConfig } from "../../config/mod.ts";
import { type MakeObject, startOpenCell } from "../../guest/mod.ts";
import type { Instance } from "../../lifecycle/mod.ts";
import { toHex } from "../../primitives/hex.ts";
import type { BenchLine } from "../bench/bench_log.ts";
import { type OpenBench, openBench } from "../bench/open_bench.ts";
import type { Homes } from "../bench/plan_module.ts";

/** In the test's own process: the services that stand in, and who asks. */
const OPEN_CELL = cellId("stand_ins", 1);
/** A test may sit at a breakpoint. */
const PATIENT = { ...DEFAULT_LIMITS, liveness_ms: 86_400_000 };

export class TestBench implements AsyncDisposable {
  readonly #open: OpenBench;
  readonly #objects = new Map<string, MakeObject>();
  /** What `kernel.secret` gives, of the test that runs. */
  readonly secrets: Record<string, string>;
  onLine: (line: BenchLine) => void = () => {};
  onFailure: (instance: InstanceId, phase: FailPhase, why: Fault) => void = () => {};

  private constructor(open: OpenBench, secrets: Record<string, string>) {
    this.#open = open;
    this.secrets = secrets;
  }

  static async open(homes: Homes): Promise<TestBench> {
    const secrets: Record<string, string> = {};
    const heard: { by?: TestBench } = {};
    const open = await openBench(homes, {
      secrets,
      log: (line) => heard.by?.onLine(line),
      failed: (...failure) => heard.by?.onFailure(...failure),
    });
    const bench = heard.by = new TestBench(open, secrets);
    bench.#attach();
    return bench;
  }

  get bench() {
    return this.#open.bench;
  }

  kill(): void {
    this.#open.kill();
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open[Symbol.asyncDispose]();
  }

  /** An object of this process under an api; `make` is called once. */
  async standIn(
    api: string,
    make: MakeObject,
    services: ModuleSpec["grants"]["services"] = [],
  ): Promise<Result<Instance>> {
    const parsed = parseConfig({ file: "configs/stand_in.yml", text: "" });
    if (!parsed.ok) throw new Error(parsed.rejection.fault.message);
    const grants = { ...parsed.spec.grants, services };
    const spec = { ...parsed.spec, api: api as ApiName, grants, limits: PATIENT };
    this.#objects.set(api, make);
    return await this.bench.bringInto(OPEN_CELL, { spec, source: NO_SOURCE, hash: api });
  }

  /** Attaches this process to its own broker, as one more cell. */
  #attach(): void {
    const token = toHex(crypto.getRandomValues(new Uint8Array(32)));
    this.bench.cells.known([{ cell: OPEN_CELL, pid: Deno.pid, token }]);
    startOpenCell({
      cell: OPEN_CELL,
      token,
      socket: publishedKernelSocket(this.#open.places.run),
      ended: () => this.bench.cells.exited(OPEN_CELL, "the bench closes"),
      make: (api, kernel) => this.#objects.get(api)!(api, kernel),
    });
  }
}

const NO_SOURCE: PlannedModule["source"] = Object.freeze({ origin: "local", path: "", entry: "", files: [], hash: "" });
