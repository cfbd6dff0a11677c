/** Two cells and a kernel that keeps crashing, without processes: whatever is lost on the way, each call runs once and is answered once. */
import assert from "node:assert/strict";
import { type CallKey, callKey, type CellId, type InstanceId } from "../../../kernel/contract/names.ts";
import type { CellMessage, KernelMessage } from "../../../kernel/contract/wire.ts";
import { type LinkEffect, LinkMachine } from "../../../kernel/guest/shell/link_machine.ts";

const NOTHING = new Uint8Array(0);
const CALLER = "1.1" as InstanceId;
const CALLEE = "1.2" as InstanceId;

/** Numbers that look random and are the same each time (mulberry32). */
function randomFrom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

class Cell {
  readonly machine: LinkMachine;
  /** The connected link, and whether the kernel has welcomed it. */
  link: number | undefined;
  welcomed = false;
  wants: number | undefined;
  toKernel: CellMessage[] = [];
  fromKernel: KernelMessage[] = [];
  readonly delivered: LinkEffect[] = [];
  constructor(readonly id: CellId) {
    this.machine = new LinkMachine({ cell: id, incarnation: "i", pid: 1, parent: 1 }, () => true, 0);
  }
  step(event: Parameters<LinkMachine["step"]>[0], now: number): void {
    for (const effect of this.machine.step(event, now)) {
      if (effect.do === "connect") this.wants = effect.link;
      else if (effect.do === "close") this.cut();
      else if (effect.do === "send" && effect.link === this.link) this.toKernel.push(effect.message);
      else if (effect.do === "prove") this.step({ on: "proved", link: effect.link, proof: "" }, now);
      else if (effect.do === "deliver") this.delivered.push(effect);
      else if (effect.do === "end") assert.fail(effect.reason);
    }
  }
  /** What was on its way is lost. */
  cut(): void {
    this.link = undefined;
    this.welcomed = false;
    this.toKernel = [];
    this.fromKernel = [];
  }
}

/** Routes calls from one cell to the other; knows nothing after a crash. */
class Kernel {
  up = true;
  #next = 1;
  readonly #routes = new Map<number, { id: number; key: CallKey }>();
  /** Calls for a callee that is not attached. */
  readonly held: KernelMessage[] = [];
  fromCaller(message: CellMessage, caller: Cell, callee: Cell): void {
    if (message.t === "call") {
      const key = callKey(caller.id, message.id);
      const id = this.#next++;
      this.#routes.set(id, { id: message.id, key });
      const call: KernelMessage = {
        ...{ t: "call", id, key, to: CALLEE, aspect: "default", name: "m", kind: "call", trace: "", ms: 1, depth: 1 },
        caller: { api: "a", principal: "a" },
      };
      if (callee.welcomed) callee.fromKernel.push(call);
      else this.held.push(call);
    }
    if (message.t === "ack" && callee.welcomed) {
      callee.fromKernel.push({ t: "ack", of: caller.id, ids: message.ids });
    }
  }
  fromCallee(message: CellMessage, caller: Cell): void {
    if (message.t !== "reply") return;
    const route = this.#routes.get(message.id);
    this.#routes.delete(message.id);
    if (route !== undefined && caller.welcomed) {
      caller.fromKernel.push({ t: "reply", id: route.id, ok: true, live: true });
    }
  }
}

function storm(seed: number): { calls: number; crashes: number } {
  const random = randomFrom(seed);
  const caller = new Cell("a~1" as CellId);
  const callee = new Cell("b~1" as CellId);
  let kernel = new Kernel();
  let now = 0;
  let made = 0;
  let crashes = 0;
  const ran = new Map<number, number>();
  const answered = new Map<number, number>();
  const running: number[] = [];

  const cutBoth = () => {
    for (const cell of [caller, callee]) {
      const { link } = cell;
      cell.cut();
      if (link !== undefined) cell.step({ on: "closed", link }, now);
      if (cell.wants !== undefined) {
        const wanted = cell.wants;
        cell.wants = undefined;
        cell.step({ on: "closed", link: wanted }, now);
      }
    }
  };
  const talk = (cell: Cell) => {
    if (cell.wants !== undefined && kernel.up && random() < 0.5) {
      const link = cell.wants;
      cell.wants = undefined;
      cell.link = link;
      cell.step({ on: "connected", link }, now);
      cell.fromKernel.push({ t: "nonce", nonce: "n", epoch: 1 });
    }
    for (let many = Math.floor(random() * 4); many > 0; many--) {
      const message = cell.fromKernel.shift();
      if (message !== undefined && cell.link !== undefined) {
        cell.step({ on: "message", link: cell.link, message, payload: NOTHING }, now);
      }
      const said = cell.toKernel.shift();
      if (said === undefined) continue;
      if (said.t === "attach") {
        cell.fromKernel.push({ t: "welcome", epoch: 1 });
        cell.welcomed = true;
        if (cell === callee) callee.fromKernel.push(...kernel.held.splice(0));
      } else if (cell === caller) kernel.fromCaller(said, caller, callee);
      else kernel.fromCallee(said, caller);
    }
    cell.step({ on: "turn" }, now);
  };
  const work = () => {
    for (const effect of callee.delivered.splice(0)) {
      if (effect.do !== "deliver" || effect.message.t !== "call") continue;
      ran.set(effect.message.id, (ran.get(effect.message.id) ?? 0) + 1);
      running.push(effect.message.id);
    }
    while (running.length > 0 && random() < 0.4) {
      const [id] = running.splice(Math.floor(random() * running.length), 1);
      callee.step(
        { on: "worker", instance: CALLEE, message: { t: "reply", id: id!, ok: true, streams: 0, payload: NOTHING } },
        now,
      );
    }
    for (const effect of caller.delivered.splice(0)) {
      if (effect.do !== "deliver" || effect.message.t !== "reply") continue;
      answered.set(effect.message.id, (answered.get(effect.message.id) ?? 0) + 1);
    }
  };

  for (let round = 0; round < 3_000; round++) {
    now += random() * 3;
    const calm = round > 2_500;
    if (!calm && random() < 0.3) {
      const message = {
        t: "call",
        id: ++made,
        api: "b",
        aspect: "default",
        name: "m",
        kind: "call",
        payload: NOTHING,
      } as const;
      caller.step({ on: "worker", instance: CALLER, message }, now);
    }
    if (!calm && kernel.up && random() < 0.02) {
      crashes++;
      kernel.up = false;
      cutBoth();
    } else if (!kernel.up && (calm || random() < 0.2)) {
      kernel = new Kernel();
    }
    if (!kernel.up) {
      for (const cell of [caller, callee]) {
        if (cell.wants === undefined) continue;
        const link = cell.wants;
        cell.wants = undefined;
        cell.step({ on: "closed", link }, now);
      }
    }
    for (const cell of [caller, callee]) {
      cell.step({ on: "time", parent: 1 }, now);
      talk(cell);
    }
    work();
  }
  const count = (map: Map<number, number>) => [...map.values()].filter((n) => n === 1).length;
  assert.equal(answered.size, made, `seed ${seed}: calls without an answer`);
  assert.equal(count(answered), made, `seed ${seed}: calls answered twice`);
  assert.equal(ran.size, made, `seed ${seed}: runs`);
  assert.equal(count(ran), made, `seed ${seed}: calls that ran twice`);
  return { calls: made, crashes };
}

Deno.test("two LinkMachines lose no call and run none twice, however often the kernel between them crashes", () => {
  let calls = 0;
  let crashes = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const told = storm(seed);
    calls += told.calls;
    crashes += told.crashes;
  }
  assert.ok(calls > 10_000 && crashes > 500, `${calls} calls, ${crashes} crashes`);
});
