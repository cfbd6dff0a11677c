/** All modules' lives: which there are, and who of them is meant when a cell reports. Steps of a plan are carried out here. */
import { fault } from "../contract/fault.ts";
import { type ApiName, type InstanceId, isNewerInstance } from "../contract/names.ts";
import type { ModuleSpec, Plan, PlannedModule } from "../contract/spec.ts";
import type { CellReport, FailPhase } from "../contract/wire.ts";
import type { Fault } from "../contract/fault.ts";
import type { Cell } from "../cell/mod.ts";
import { parseTools } from "../primitives/parse_tool_spec.ts";
import type { RunningModule, Step } from "./diff_plan.ts";
import { pause } from "../primitives/pause.ts";
import { type Instance, seatOf } from "./instance.ts";
import type { LifePowers } from "./life_powers.ts";
import type { LifeState } from "./life_state.ts";
import { orderByNeed } from "./order_by_need.ts";
import { ModuleLife } from "./module_life.ts";
import { stopLevels } from "./stop_levels.ts";
import { ToldInstances } from "./told_instances.ts";

/** However many levels there are, each gets so long at least. */
const LEAST_LEVEL_MS = 100;

interface Adopted {
  readonly life: ModuleLife;
  readonly instance: Instance;
  readonly phase: "ready" | "running" | "shutting_down";
}

export class Lives {
  readonly #powers: LifePowers;
  readonly #lives = new Map<ApiName, ModuleLife>();
  /** Lives that are being stopped for good, until they have ended. */
  readonly #leaving = new Map<ApiName, Promise<void>>();
  /** What is wanted again of an api that is still leaving. */
  readonly #next = new Map<ApiName, PlannedModule>();
  /** Of modules that were handed over. */
  readonly #told: ToldInstances;
  /** Instances with a state that outlived the former kernel, until all cells have reported; undefined from then on. */
  #adopting: Adopted[] | undefined = [];

  constructor(powers: LifePowers) {
    this.#powers = powers;
    this.#told = new ToldInstances(() => powers.cells.all(), powers.maySitIn);
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
    const add = (planned: PlannedModule) => {
      const { hash, spec: { api, config, version } } = planned;
      running.set(api, { api, hash, config, version, planned });
    };
    for (const [api, { wanted }] of this.#lives) if (!this.#leaving.has(api)) add(wanted);
    for (const planned of this.#next.values()) add(planned);
    return running;
  }

  /** Carries one step out; resolves when it has taken effect or failed, and never rejects. */
  async apply(step: Step): Promise<void> {
    const { api, kind } = step;
    const leaving = this.#leaving.get(api);
    if (leaving !== undefined) {
      if (kind === "stop") this.#next.delete(api);
      else this.#next.set(api, step.planned);
      return await leaving;
    }
    const life = this.#lives.get(api);
    switch (kind) {
      case "start":
        return await this.#born(step.planned).start();
      case "reload":
        return await life?.reload(step.planned);
      case "relabel":
        return life?.relabel(step.planned);
      case "stop":
        if (life !== undefined) await this.#leave(life);
    }
  }

  /** In the order in which they are to be started: each after what it needs. From here on calls to these apis wait instead of failing: they are about to be there. */
  expect(plan: Plan): void {
    const { modules } = plan;
    for (const api of orderByNeed(modules)) this.#born(modules.get(api)!).read(modules.get(api)!);
  }

  /** Apis that are expected, and that nothing runs of. */
  expected(): readonly ModuleLife[] {
    return this.all().filter((life) => life.current === undefined && !life.given_up && !this.#told.isAwaited(life.api));
  }

  /** For the next kernel. */
  records(): readonly LifeState[] {
    return this.all().map((life) => life.record());
  }
  /** From the former one, before a plan is made and before any cell reports. */
  inherit(states: readonly LifeState[]): void {
    for (const state of states) {
      const { planned: { source, ...planned }, instance } = state;
      this.#born({ ...planned, source: { ...source, files: [] } }).inherit(state);
      this.#told.tell(planned.spec.api, instance);
    }
  }

  /**
   * After a kernel's crash: takes what runs in a cell over as it is; what no plan wants is ended. A report is a rumour: a cell started by this
   * kernel has nothing to take over, and no cell has another module than those it was started for.
   */
  adopt(cell: Cell, report: CellReport): void {
    let used = false;
    for (const reported of report.instances) {
      if (!this.#powers.maySitIn(cell.id, reported.instance)) continue; // another's: it may not be touched either
      if (this.#powers.broker.knows(reported.instance)) {
        used = true; // it lost its link, not its place
        continue;
      }
      const life = this.get(reported.api);
      const tools = parseTools(reported.tools);
      if (
        life === undefined || tools === undefined || reported.phase === "loading" || reported.phase === "failed" ||
        reported.awaits_state || !cell.inherited || this.#leaving.has(life.api) ||
        baseOf(life.wanted.spec) !== cell.base ||
        this.#powers.tools.reserve(life.api, tools) !== undefined
      ) {
        cell.unload(reported.instance);
        continue;
      }
      used = true;
      // Another hash runs than is wanted: it serves under today's grants until the difference is carried out.
      const { hash, version = life.wanted.spec.version } = reported;
      const spec = { ...life.wanted.spec, version };
      const planned = hash === life.wanted.hash ? life.wanted : { ...life.wanted, spec, hash };
      const seat = seatOf(reported.instance, planned, cell.port);
      const { instance: id, has_run, started_at, state } = reported;
      const instance = { id, planned, cell, seat, tools, has_run, started_at, ...(state !== undefined && { state }) };
      life.seat(instance);
      const serves = this.#told.of(life.api);
      if (serves !== undefined) life.adopt(instance, reported.phase, { told: serves === id ? "serves" : "replaced" });
      else if (this.#adopting !== undefined && state !== undefined) {
        this.#adopting.push({ life, instance, phase: reported.phase });
      } else life.adopt(instance, reported.phase);
    }
    this.#startMissed(cell);
    if (!used && cell.inherited) void this.#powers.cells.end(cell, "nothing in it is wanted any more");
  }

  /**
   * All cells that outlived the former kernel have reported, or will not. Of two instances with a state the newer one has it, and what the older one was
   * told since would be lost: neither is called before it is known which ones there are.
   */
  allReported(): void {
    const adopting = this.#adopting ?? [];
    this.#adopting = undefined;
    adopting.sort((a, b) => isNewerInstance(a.instance.id, b.instance.id) ? -1 : 1);
    for (const { life, instance, phase } of adopting) if (!instance.cell.gone()) life.adopt(instance, phase);
  }

  /** An instance failed; only the cell that it sits in may say so. */
  failed(cell: Cell, id: InstanceId, phase: FailPhase, why: Fault): void {
    const adopting = this.#adopting?.find(({ instance }) => instance.id === id && instance.cell === cell);
    if (adopting !== undefined) {
      this.#adopting = this.#adopting!.filter((one) => one !== adopting);
      adopting.life.adopt(adopting.instance, adopting.phase);
    }
    for (const life of this.#lives.values()) life.failed(id, cell, phase, why);
  }

  /** A process ended: every module in it has to be started again. */
  cellExited(cell: Cell, why: string): void {
    const sat_there = this.all().filter((life) => life.current?.cell === cell);
    const ending = { why, ...cell.last_words, shared: sat_there.length > 1 };
    for (const life of sat_there) life.cellExited(ending);
    const killed = fault("module_killed", `its process ended: ${why}`, { maybe_ran: true });
    this.#powers.broker.forgetCell(cell.id, killed);
    this.#startMissed(cell);
  }

  /** Why a state of that api lies aside, while one does. */
  whyStateAside(api: string): string | undefined {
    return this.#powers.states.whyAside(api);
  }
  /** All states that are kept or lie aside, also of apis that nothing claims any more. */
  states(): ReturnType<LifePowers["states"]["list"]> {
    return this.#powers.states.list();
  }
  /** Forgets what is kept of an api that nothing claims any more. */
  dropState(api: ApiName): ReturnType<LifePowers["states"]["drop"]> {
    return this.#powers.states.drop(api);
  }

  /** Ends everything, those first that nobody needs. `ms` is all the time there is. */
  async stopAll(plan: Plan, ms: number): Promise<void> {
    const { clock } = this.#powers;
    this.#next.clear();
    const end = clock.monotonic() + ms;
    const levels = stopLevels(this.#lives.keys(), plan);
    for (const [index, level] of levels.entries()) {
      const share = Math.max(LEAST_LEVEL_MS, (end - clock.monotonic()) / (levels.length - index));
      const stopped = Promise.all(level.map((api) => this.#lives.get(api)?.stop(share)));
      // One that is in the middle of a change may take longer; the others are not to suffer for it.
      await Promise.race([stopped, pause(clock, share)]);
    }
  }

  /** The cell has said all, or will say nothing: once all others were started, those that waited for it are too. */
  #startMissed(cell: Cell): void {
    for (const api of this.#told.heardOf(cell.id)) {
      const life = this.get(api);
      if (this.#adopting === undefined && life?.current === undefined && !life?.given_up) void life?.start();
    }
  }

  async #leave(life: ModuleLife): Promise<void> {
    const { api } = life;
    const left = life.stop().then(() => {
      this.#lives.delete(api);
      this.#leaving.delete(api);
      this.#powers.broker.route(api, undefined);
      this.#powers.tools.release(api);
      this.#powers.fates.forget(api);
    });
    this.#leaving.set(api, left);
    await left;
    const next = this.#next.get(api);
    if (next === undefined) return;
    this.#next.delete(api);
    await this.#born(next).start();
  }

  #born(planned: PlannedModule): ModuleLife {
    const known = this.#lives.get(planned.spec.api);
    if (known !== undefined) return known;
    const life = new ModuleLife(planned, this.#powers);
    this.#lives.set(planned.spec.api, life);
    return life;
  }
}

/** What a cell of this module is called, without its number. */
function baseOf({ api, cell }: ModuleSpec): string {
  return cell === "own" ? api.replaceAll("/", ".") : cell;
}
