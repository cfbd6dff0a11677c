/** Hostile modules in played cells, which the kernel has loaded and seated: they say what the wire allows and what no honest shell says. */
import type { InstanceId } from "../../kernel/contract/names.ts";
import { anyReport, anyWord, type Known } from "./cell_words.ts";
import { ControlClient } from "./control_client.ts";
import type { FuzzedKernel } from "./fuzzed_kernel.ts";
import { HostileCell } from "./hostile_cell.ts";
import type { PlayedCell } from "./played_cells.ts";
import type { Random } from "./random.ts";

const MODULES = ["h0", "h1", "h2", "h3"] as const;
const SOURCE = "export class Module {}";
const CONFIG = `grants: {services: [${[...MODULES, "neighbour"].join(", ")}], kernel: [status, reload]}
limits: {call_timeout_ms: 300, calls_in_flight: 64}
restart: {max: 1000, window_s: 1}
`;
export const HOSTILE_MODULES = Object.fromEntries(
  MODULES.flatMap((api) => [[`plugins/${api}.js`, SOURCE], [`configs/${api}.yml`, CONFIG]]),
);
/** The neighbour may be asked for what it does not have, but its calls have their own number in flight. */
const APIS = [...MODULES, "neighbour", "@kernel", "nobody", "__proto__"];
/** A report, as a share of frames: each needs a link of its own. */
const RELINK_ONCE_IN = 400;
/** Looks of 5 ms at a module that does not come back. */
const REVIVE_AFTER = 300;

class HostileModule {
  readonly cell: HostileCell;
  readonly known: Known;
  readonly #random: Random;
  loaded: boolean;

  constructor(path: string, played: PlayedCell, random: Random) {
    this.cell = new HostileCell(path, played);
    this.#random = random;
    this.loaded = false;
    const { cell } = this;
    this.known = {
      ...{ instance: "0.0", apis: APIS, made: [], next: 1 },
      get served() {
        return cell.served;
      },
    };
    cell.onMessage = (message) => {
      if (message.t === "load") this.#load(message.instance);
      if (message.t === "shutdown") void cell.say([{ t: "ended", instance: message.instance, what: "shutdown" }]);
    };
  }

  /** Attached, and honest until it has been loaded. */
  async start(): Promise<void> {
    while (!await this.cell.attach()) {
      if (this.cell.played.killed !== undefined) return;
      await new Promise((then) => setTimeout(then, 10));
    }
    await this.cell.say([{ t: "report" }, `{"instances":[],"holds":[]}`]);
  }
  /** A link of its own will, and a report that may be anything. */
  async relink(): Promise<void> {
    if (!await this.cell.attach()) return;
    const instance = {
      instance: this.known.instance,
      api: this.cell.played.cell.split("~")[0],
      hash: "abc",
      phase: "running",
    };
    const honest = JSON.stringify({
      instances: [{ ...instance, started_at: 1, has_run: false, tools: [] }],
      holds: [],
    });
    await this.cell.say([{ t: "report" }, this.#random.once(2) ? anyReport(this.#random, this.known) : honest]);
  }
  async storm(): Promise<boolean> {
    const words = Array.from({ length: 1 + this.#random.below(3) }, () => anyWord(this.#random, this.known));
    return await this.cell.say(...words);
  }

  #load(instance: InstanceId): void {
    Object.assign(this.known, { instance });
    void this.cell.say([{ t: "loaded", instance }, `{"tools":[],"run":false}`]);
    this.loaded = true;
  }
}

/** It was told to end, or killed. */
function isOver({ bye, played }: HostileCell): boolean {
  return bye || played.killed !== undefined;
}

export interface Storm {
  /** Frames that were said while a link was open. */
  frames: number;
  /** Times that a link gave no credit for a second. */
  stalls: number;
  /** Links that the kernel closed although it had nothing to say against their cell. */
  readonly unexplained: string[];
  relinks: number;
  restarts: number;
}

/** So many frames of modules that are loaded. */
export async function cellStorm(kernel: FuzzedKernel, random: Random, frames: number): Promise<Storm> {
  const storm: Storm = { frames: 0, stalls: 0, unexplained: [], relinks: 0, restarts: 0 };
  const sample_each = Math.ceil(frames / 30);
  let next_sample = sample_each;
  const control = await ControlClient.connect(kernel.control);
  const run = async (api: string, its: Random) => {
    let hostile = seats.get(api)!;
    let waits = 0;
    while (storm.frames < frames && !kernel.ended) {
      if (seats.get(api) !== hostile) {
        hostile = seats.get(api)!;
        storm.restarts++;
        waits = 0;
      }
      if (!hostile.loaded || isOver(hostile.cell)) {
        // Its process is on its way, or on its way out.
        if (hostile.cell.bye) kernel.played.end(hostile.cell.played.cell);
        await new Promise((then) => setTimeout(then, 5));
        if (++waits % REVIVE_AFTER === 0) await control.ask("reload", { api }); // it may have been given up
        continue;
      }
      if (its.once(RELINK_ONCE_IN)) {
        storm.relinks++;
        await hostile.relink();
      }
      if (await hostile.storm()) storm.frames++;
      else {
        // The order to kill it comes by another pipe.
        for (let look = 0; look < 100 && !isOver(hostile.cell); look++) {
          await new Promise((then) => setTimeout(then, 5));
        }
        if (isOver(hostile.cell)) continue;
        if (hostile.cell.open) storm.stalls++;
        else storm.unexplained.push(hostile.cell.played.cell);
        await hostile.relink();
      }
      if (storm.frames >= next_sample) {
        next_sample += sample_each;
        kernel.memory.sample();
      }
    }
  };
  await Promise.all(MODULES.map((api) => run(api, random.fork())));
  control.close();
  kernel.played.ordered = () => {};
  for (const { cell } of seats.values()) {
    cell.close();
    kernel.played.end(cell.played.cell);
  }
  return storm;
}

const seats = new Map<string, HostileModule>();

/** Plays the cells of hostile modules from their first order on. */
export function playHostile(random: Random): (kernel: FuzzedKernel) => void {
  return (kernel) => {
    kernel.played.ordered = (played) => {
      const hostile = new HostileModule(kernel.socket, played, random.fork());
      seats.set(played.cell.split("~")[0]!, hostile);
      void hostile.start();
    };
  };
}
