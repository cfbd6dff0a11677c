/** All modules' lives: which there are, and who of them is meant when a cell reports. Steps of a plan are carried out here. */
import { fault } from "../contract/fault.ts";
import type { ApiName, InstanceId } from "../contract/names.ts";
import type { Plan, PlannedModule } from "../contract/spec.ts";
import type { CellReport, FailPhase } from "../contract/wire.ts";
import type { Fault } from "../contract/fault.ts";
import type { Cell } from "../cell/mod.ts";
import { parseTools } from "../primitives/parse_tool_spec.ts";
import type { RunningModule, Step } from "./diff_plan.ts";
import type { LifePowers } from "./life_powers.ts";
import { ModuleLife } from "./module_life.ts";
import { stopLevels } from "./stop_levels.ts";

export class Lives {
  readonly #powers: LifePowers;
  readonly #lives = new Map<ApiName, ModuleLife>();

  constructor(powers: LifePowers) {
    this.#powers = powers;
  }

  get(api: string): ModuleLife | undefined {
    return this.#lives.get(api as ApiName);
  }
  all(): readonly ModuleLife[] {
    return [...this.#lives.values()];
  }

  /** What there is, for the difference to the next plan: a version that did not load counts, or it would be tried again for ever. */
  running(): ReadonlyMap<ApiName, RunningModule> {
    const running = new Map<ApiName, RunningModule>();
    for (const [api, { wanted: { hash, spec } }] of this.#lives) {
      running.set(api, { api, hash, config: spec.config, version: spec.version });
    }
    return running;
  }

  /** Carries one step out; resolves when it has taken effect or failed. */
  async apply(step: Step): Promise<void> {
    const life = this.#lives.get(step.api);
    switch (step.kind) {
      case "start":
        await this.#born(step.planned).start();
        break;
      case "reload":
        await life?.reload(step.planned);
        break;
      case "relabel":
        life?.relabel(step.planned);
        break;
      case "stop":
        if (life === undefined) break;
        await life.stop();
        if (this.#lives.get(step.api) === life) this.#lives.delete(step.api);
        this.#powers.broker.route(step.api, undefined);
        this.#powers.tools.release(step.api);
    }
  }

  /** From here on calls to these apis wait instead of failing: they are about to be there. */
  expect(plan: Plan): void {
    for (const planned of plan.modules.values()) this.#born(planned);
  }

  /** Apis that are expected but do not run yet. */
  expected(): readonly ModuleLife[] {
    return this.all().filter((life) => life.current === undefined);
  }

  /** After a kernel's crash: takes what runs in a cell over as it is; what no plan wants is ended. */
  adopt(cell: Cell, report: CellReport): void {
    let used = false;
    for (const reported of report.instances) {
      if (this.#powers.broker.knows(reported.instance)) {
        used = true; // it lost its link, not its place
        continue;
      }
      const life = this.get(reported.api);
      const tools = parseTools(reported.tools);
      if (life === undefined || tools === undefined || reported.phase === "loading" || reported.phase === "failed") {
        cell.unload(reported.instance);
        continue;
      }
      used = true;
      const { spec } = life.wanted;
      // Another hash runs than is wanted: it serves under today's grants until the difference is carried out.
      const planned = reported.hash === life.wanted.hash ? life.wanted : { ...life.wanted, hash: reported.hash };
      const seat = {
        instance: reported.instance,
        api: spec.api,
        port: cell.port,
        config: spec.config,
        grants: spec.grants,
        limits: spec.limits,
        in_flight: 0,
      };
      const { instance: id, has_run, started_at } = reported;
      life.adopt({ id, planned, cell, seat, tools, has_run, started_at }, reported.phase);
    }
    if (!used && report.instances.length > 0) void this.#powers.cells.end(cell, "nothing in it is wanted any more");
  }

  failed(instance: InstanceId, phase: FailPhase, why: Fault): void {
    for (const life of this.#lives.values()) life.failed(instance, phase, why);
  }

  /** A process ended: every module in it has to be started again. */
  cellExited(cell: Cell, why: string): void {
    for (const life of this.#lives.values()) {
      if (life.current?.cell === cell) life.cellExited(life.current.id, why);
    }
    for (const { instance } of cell.figures.instances) {
      this.#powers.broker.unseat(instance, fault("module_killed", `its process ended: ${why}`, { maybe_ran: true }));
    }
    this.#powers.broker.forgetCell(cell.id);
  }

  /** Ends everything, those first that nobody needs. `ms` is all the time there is. */
  async stopAll(plan: Plan, ms: number): Promise<void> {
    const { clock } = this.#powers;
    const end = clock.monotonic() + ms;
    const levels = stopLevels(this.#lives.keys(), plan);
    for (const [index, level] of levels.entries()) {
      const share = Math.max(100, (end - clock.monotonic()) / (levels.length - index));
      await Promise.all(level.map((api) => this.#lives.get(api)?.stop(share)));
    }
  }

  #born(planned: PlannedModule): ModuleLife {
    const known = this.#lives.get(planned.spec.api);
    if (known !== undefined) return known;
    const life = new ModuleLife(planned, this.#powers);
    this.#lives.set(planned.spec.api, life);
    return life;
  }
}
