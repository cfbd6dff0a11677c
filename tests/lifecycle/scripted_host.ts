/** Lives with a real broker and a real table of cells; the watchdog and the cells' shells are scripted, the clock stands still. */
import assert from "node:assert/strict";
import { Broker } from "../../kernel/broker/mod.ts";
import { CellTable, WarmCells } from "../../kernel/cell/mod.ts";
import type { HostEvent } from "../../kernel/contract/events.ts";
import { type Fault, fault, ok, refuse, type Result } from "../../kernel/contract/fault.ts";
import { type ApiName, type CellId, type InstanceId, instanceId, WARM_CELL } from "../../kernel/contract/names.ts";
import type { ToWatchdog } from "../../kernel/contract/channel.ts";
import type { Plan, PlannedModule } from "../../kernel/contract/spec.ts";
import type { ToolSpec } from "../../kernel/contract/tool_spec.ts";
import type { CellReport, KernelMessage, LoadOrder, Payload } from "../../kernel/contract/wire.ts";
import { type KnownTools, Leadership, Lives, type ModuleLife, ToolCatalog } from "../../kernel/lifecycle/mod.ts";
import { readJsonPayload, writeJsonPayload } from "../../kernel/primitives/json_payload.ts";
import { parseFault } from "../../kernel/primitives/parse_fault.ts";
import { Semaphore } from "../../kernel/primitives/semaphore.ts";
import { FakeClock } from "../primitives/fake_clock.ts";
import { ScriptedLink, settled, TOKEN } from "../cell/scripted_cell.ts";
import { RememberedFates } from "./remembered_fates.ts";
import { RememberedStates } from "./remembered_states.ts";
import { planOf } from "../config/planned.ts";

/** What a module of this api does when it is told. */
export interface Behaviour {
  /** Says nothing about its load until told to. */
  hangs?: boolean;
  fails?: Fault;
  /** Its process ends at the first load. */
  dies?: boolean;
  tools?: readonly string[];
  /** Its shutdown() takes until the kernel's patience ends. */
  never_ends?: boolean;
  /** It has both state methods. What the first gives; what the second makes of it. Undefined is no answer at all. */
  exports?: () => string | Fault | undefined;
  imports?: (state: string, from: string) => "taken" | Fault | undefined;
}

/** The shell of one cell. */
export class ScriptedShell {
  readonly link = new ScriptedLink();
  readonly cell: CellId;
  readonly told: string[] = [];
  readonly orders = new Map<InstanceId, LoadOrder>();
  readonly #host: ScriptedHost;
  #taken = 0;

  constructor(cell: CellId, host: ScriptedHost) {
    this.cell = cell;
    this.#host = host;
  }
  async attach(instances: CellReport["instances"] = []): Promise<void> {
    this.#host.cells.accept(this.link.pipe.connection);
    await this.link.attach(this.cell, TOKEN);
    await this.link.next("welcome");
    this.link.report(instances);
  }
  /** Does what it was told since the last look. True when there was something. */
  look(): boolean {
    const news = this.link.heard.slice(this.#taken);
    this.#taken = this.link.heard.length;
    for (const { message, payload } of news) this.#obey(message, payload);
    return news.length > 0;
  }
  /** The end of its process. */
  exit(why = "killed by SIGKILL"): void {
    this.#host.exited(this, why);
  }
  loaded(instance: InstanceId, tools: readonly string[] = []): void {
    const { exports, imports } = this.#host.behaviour(this.orders.get(instance)?.api ?? "");
    const state = exports && imports ? "both" : exports ? "export" : imports ? "import" : undefined;
    this.link.say({ t: "loaded", instance }, writeJsonPayload({ tools: tools.map(toolSpec), run: true, state }));
  }
  failed(instance: InstanceId, phase: "run" | "uncaught" | "vanished" | "shutdown", why: Fault): void {
    this.link.say({ t: "failed", instance, phase }, writeJsonPayload(why));
  }
  ended(instance: InstanceId): void {
    this.link.say({ t: "ended", instance, what: "shutdown" });
  }

  #obey(message: KernelMessage, payload: Payload): void {
    switch (message.t) {
      case "load": {
        const order = readJsonPayload(payload) as LoadOrder;
        this.orders.set(message.instance, order);
        this.told.push(`load ${message.instance}`);
        const { hangs, fails, dies, tools = [] } = this.#host.behaviour(order.api);
        if (dies) return this.exit("ended with code 1");
        if (hangs) return;
        if (fails) this.link.say({ t: "failed", instance: message.instance, phase: "load" }, writeJsonPayload(fails));
        else this.loaded(message.instance, tools);
        return;
      }
      case "run":
      case "unload":
        return void this.told.push(`${message.t} ${message.instance}`);
      case "shutdown":
        this.told.push(`shutdown ${message.instance}`);
        if (!this.#host.behaviour(this.orders.get(message.instance)?.api ?? "").never_ends) {
          this.ended(message.instance);
        }
        return;
      case "export": {
        this.told.push(`export ${message.instance}`);
        const state = this.#behaviour(message.instance).exports?.();
        return this.#answer(message.id, state);
      }
      case "import": {
        const text = payload as string;
        this.told.push(`import ${message.instance} ${text} from '${message.from}'`);
        const taken = this.#behaviour(message.instance).imports?.(text, message.from);
        return this.#answer(message.id, taken === "taken" ? "" : taken);
      }
      case "bye":
        this.told.push("bye");
        return this.exit("ended with code 0");
    }
  }
  #behaviour(instance: InstanceId): Behaviour {
    return this.#host.behaviour(this.orders.get(instance)?.api ?? "");
  }
  #answer(id: number, said: string | Fault | undefined): void {
    if (said === undefined) return;
    const ok = typeof said === "string";
    this.link.say({ t: "state", id, ok }, ok ? said : writeJsonPayload(said));
  }
}

export function toolSpec(entry: string): ToolSpec {
  return {
    ...{ entry, description: `does ${entry}`, params: {}, readOnly: true, destructive: false },
    ...{ idempotent: false, openWorld: false },
  };
}

export class ScriptedHost {
  readonly clock = new FakeClock();
  readonly events: HostEvent[] = [];
  readonly log: string[] = [];
  readonly shells: ScriptedShell[] = [];
  readonly leadership = new Leadership();
  readonly tools = new ToolCatalog();
  readonly states = new RememberedStates();
  /** By the hash of a planned module. */
  readonly known = new Map<string, readonly ToolSpec[]>();
  readonly known_tools: KnownTools = {
    read: (hash) => Promise.resolve(this.known.get(hash)),
    write: (hash, tools) => Promise.resolve(void this.known.set(hash, tools)),
  };
  readonly broker: Broker;
  readonly cells: CellTable;
  readonly warm: WarmCells;
  /** What the watchdog was told of whose a cell is. */
  readonly names: string[] = [];
  readonly lives: Lives;
  readonly behaviours: Record<string, Behaviour> = {};
  /** What making a bundle comes to. */
  bundle: (planned: PlannedModule) => Promise<Result<string>> = () => Promise.resolve(ok("code"));
  plan: Plan = { modules: new Map(), rejected: [] };
  /** The watchdog starts no process. */
  deaf = false;
  /** Instances that can only sit in one cell. */
  sits: Readonly<Record<string, string>> = {};
  /** Why no process may be started. */
  no_room: Fault | undefined;
  /** Failures that are kept, and the last lines of modules' logs. */
  readonly fates: RememberedFates;
  last_lines: Readonly<Record<string, readonly string[]>> = {};
  #instances = 0;

  constructor({ crashed = false, epoch = 1, warm_cells = 0, fates = new RememberedFates() } = {}) {
    this.fates = fates;
    const { clock } = this;
    this.broker = new Broker({
      clock,
      trace_salt: "0".repeat(16),
      services: () => Promise.reject(new Error("unused")),
      emit: (event) => this.events.push(event),
      hit: () => {},
    });
    const unit = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)), unit: () => 0 };
    this.cells = new CellTable({
      clock,
      random: unit,
      epoch,
      watchdog: { send: (order) => this.#order(order) },
      refuse: () => this.no_room,
      listener: {
        call: (port, message, payload) => this.broker.onCall(port, message, payload),
        reply: (port, message, payload) => this.broker.onReply(port, message, payload),
        piece: (port, message, payload) => this.broker.onPiece(port, message, payload),
        cancel: (port, id) => this.broker.onCancel(port, id),
        stream: (port, word, payload) => this.broker.onStream(port, word, payload),
        limit: () => {},
        figures: () => {},
        revoke: (port, instance, name) => this.broker.onRevoke(port, instance, name),
        lend: (port, instance, names, to) => this.broker.onLend(port, instance, names, to),
        ack: (port, ranges) => this.broker.onAck(port, ranges),
        reported: (cell, report) => {
          this.broker.reported(cell.id, report.holds);
          if (cell.base === WARM_CELL && cell.inherited) this.warm.adopt(cell);
          else this.lives.adopt(cell, report);
        },
        failed: (cell, { instance, phase }, payload) => {
          this.lives.failed(cell, instance, phase, parseFault(readJsonPayload(payload)) ?? fault("module_error", "?"));
        },
        dying: () => {},
        other: () => {},
        violated: () => {},
        exited: (cell, why) => {
          this.warm.exited(cell);
          this.lives.cellExited(cell, why);
        },
      },
    });
    const starting = new Semaphore(4);
    const watchdog = { send: (order: ToWatchdog) => this.#order(order as { t: string }) };
    this.warm = new WarmCells({ cells: this.cells, watchdog, clock, starting, count: warm_cells });
    this.lives = new Lives({
      clock,
      random: unit,
      broker: this.broker,
      cells: this.cells,
      tools: this.tools,
      states: this.states,
      fates: this.fates,
      lastLines: (api) => this.last_lines[api] ?? [],
      known_tools: this.known_tools,
      leadership: this.leadership,
      emit: (event) => this.events.push(event),
      log: (level, api, message) => this.log.push(`${level} ${api}: ${message}`),
      bundle: (planned) => this.bundle(planned),
      own_packages: () => Promise.resolve(ok([])),
      inRealPaths: (text) => text.replaceAll("plugin:///", "plugins/"),
      nextInstance: () => instanceId(epoch, ++this.#instances),
      maySitIn: (cell, instance) => this.sits[instance] === undefined || this.sits[instance] === cell,
      starting,
      warm: this.warm,
      home: "/home",
      membersOf: (cell) => [...this.plan.modules.values()].filter(({ spec }) => spec.cell === cell),
    });
    if (!crashed) this.allReported();
  }

  /** All cells that outlived a former kernel have spoken. */
  allReported(): void {
    this.lives.allReported();
    this.broker.allReported([]);
  }
  behaviour(api: string): Behaviour {
    return this.behaviours[api] ?? {};
  }
  /** The shells that live, in the order in which they were started. */
  get alive(): ScriptedShell[] {
    return this.shells.filter(({ cell }) => this.cells.get(cell) !== undefined);
  }
  life(api: string): ModuleLife {
    const life = this.lives.get(api);
    assert.ok(life, `there is no life of '${api}'`);
    return life;
  }
  kinds(api: string): string[] {
    return this.events.filter((event) => event.api === api).map(({ kind }) => kind.replace("module.", ""));
  }

  /** A module as its config would have it. */
  async planned(api: string, config = "", hash?: string): Promise<PlannedModule> {
    const plan = await planOf({ [`${api}.yml`]: config });
    const planned = plan.modules.get(api as ApiName);
    assert.ok(planned, JSON.stringify(plan.rejected));
    return hash === undefined ? planned : { ...planned, hash };
  }
  /** A module that has been started and serves. */
  async running(api: string, config = ""): Promise<ScriptedShell> {
    const planned = await this.planned(api, config);
    this.plan = { modules: new Map([...this.plan.modules, [planned.spec.api, planned]]), rejected: [] };
    await this.settle(this.lives.apply({ kind: "start", api: planned.spec.api, planned }));
    assert.equal(this.life(api).state, "running", this.log.join("\n"));
    return this.shells.find(({ cell }) => cell === this.life(api).current?.cell.id)!;
  }

  /** Lets everybody speak until nobody has anything to say, or `done` has come. */
  async settle(done?: Promise<unknown>): Promise<void> {
    let over = false;
    void done?.finally(() => over = true);
    let quiet = 0;
    for (let i = 0; i < 400 && quiet < 3; i++) {
      await settled(2);
      const spoke = this.shells.map((shell) => shell.look()).some((said) => said);
      quiet = spoke || (done !== undefined && !over && i < 100) ? 0 : quiet + 1;
    }
  }
  /** Time passes, step by step, and everybody speaks in between. */
  async pass(ms: number, step = 50): Promise<void> {
    for (let at = 0; at < ms; at += step) {
      this.clock.advance(Math.min(step, ms - at));
      await this.settle();
    }
  }

  /** A process that a former kernel started, with these instances in it. */
  async outlived(cell: string, instances: CellReport["instances"], base?: string): Promise<ScriptedShell> {
    const shell = this.#started(cell as CellId, base);
    for (const { instance, api } of instances) shell.orders.set(instance, { api } as LoadOrder);
    await shell.attach(instances);
    await this.settle();
    return shell;
  }

  exited(shell: ScriptedShell, why: string): void {
    this.cells.exited(shell.cell, why);
    shell.link.pipe.hangUp();
  }

  #order(order: { readonly t: string; readonly cell?: CellId; readonly base?: string }): void {
    if (order.t === "name") this.names.push(`${order.cell} is ${order.base}`);
    if (order.t === "start_cell" && !this.deaf) void this.#started(order.cell!).attach();
    const shell = this.shells.find(({ cell }) => cell === order.cell);
    if (order.t === "kill" && shell !== undefined) queueMicrotask(() => shell.exit("killed by SIGKILL"));
  }
  #started(cell: CellId, base?: string): ScriptedShell {
    const shell = new ScriptedShell(cell, this);
    this.shells.push(shell);
    this.cells.known([{ cell, pid: this.shells.length, token: TOKEN, ...(base !== undefined && { base }) }]);
    return shell;
  }
}

export function refusing<T>(code: Fault["code"], message: string): Result<T> {
  return refuse(fault(code, message));
}
