/**
 * Two cells and kernels that follow one another, without processes: each kernel hands over to the next while calls go through it, keeps what it has until it is
 * answered, gives back what waits, and now and then dies instead of leaving. Each call runs once and is answered once.
 */
import assert from "node:assert/strict";
import { type CallKey, callKey, type CellId, type InstanceId } from "../../../kernel/contract/names.ts";
import type { CellMessage, KernelMessage } from "../../../kernel/contract/wire.ts";
import { type LinkEffect, LinkMachine } from "../../../kernel/guest/shell/link_machine.ts";
import { Random } from "../../fuzz/random.ts";

const CALLER = "1.1" as InstanceId;
const CALLEE = "1.2" as InstanceId;

/** One link of a cell: what is on its way in both directions, in order. */
interface Link {
  readonly number: number;
  readonly kernel: Kernel;
  readonly toKernel: CellMessage[];
  readonly toCell: KernelMessage[];
  welcomed: boolean;
  fenced: boolean;
}

class Cell {
  readonly machine: LinkMachine;
  readonly links = new Map<number, Link>();
  readonly wants: number[] = [];
  readonly delivered: LinkEffect[] = [];
  constructor(readonly id: CellId) {
    this.machine = new LinkMachine({ cell: id, incarnation: "i", pid: 1, parent: 1 }, () => true, 0);
  }
  step(event: Parameters<LinkMachine["step"]>[0], now: number): void {
    for (const effect of this.machine.step(event, now)) {
      if (effect.do === "connect") this.wants.push(effect.link);
      else if (effect.do === "close") this.links.delete(effect.link);
      else if (effect.do === "send") this.links.get(effect.link)?.toKernel.push(effect.message);
      else if (effect.do === "prove") this.step({ on: "proved", link: effect.link, proof: "" }, now);
      else if (effect.do === "deliver") this.delivered.push(effect);
      else if (effect.do === "end") assert.fail(effect.reason);
    }
  }
  of(kernel: Kernel): Link | undefined {
    return [...this.links.values()].findLast((link) => link.kernel === kernel && link.welcomed);
  }
}

/** Routes calls from one cell to the other. A retired one gives back what waits, and takes no new links. */
class Kernel {
  retired = false;
  #next = 1;
  readonly calls = new Map<number, { readonly id: number; readonly key: CallKey; sent: boolean }>();
  constructor(readonly epoch: number) {}

  from(cell: Cell, link: Link, said: CellMessage, caller: Cell, callee: Cell): void {
    switch (said.t) {
      case "attach":
        link.welcomed = true;
        link.toCell.push({ t: "welcome", epoch: this.epoch });
        if (this.retired) link.toCell.push({ t: "newer" });
        return;
      case "fence":
        link.fenced = true;
        return;
      case "call": {
        assert.ok(!link.fenced, "a root call came after the last word");
        const known = [...this.calls.values()].find(({ id }) => id === said.id);
        if (known !== undefined) return; // told again: it is on its way
        this.calls.set(this.#next++, { id: said.id, key: callKey(cell.id, said.id), sent: false });
        return this.settle(caller, callee);
      }
      case "reply": {
        const call = this.calls.get(said.id);
        this.calls.delete(said.id);
        if (call !== undefined) caller.of(this)?.toCell.push({ t: "reply", id: call.id, ok: true, live: true });
        return;
      }
      case "ack":
        callee.of(this)?.toCell.push({ t: "ack", of: caller.id, ids: said.ids });
    }
  }
  /** What waits goes out, or back. */
  settle(caller: Cell, callee: Cell): void {
    const there = callee.of(this);
    for (const [id, call] of this.calls) {
      if (call.sent) continue;
      const back = caller.of(this);
      if (this.retired && back !== undefined) {
        this.calls.delete(id);
        back.toCell.push({ t: "hand_back", id: call.id });
      } else if (there !== undefined) {
        call.sent = true;
        there.toCell.push({
          ...{ t: "call", id, key: call.key, to: CALLEE, aspect: "default", name: "m", kind: "call", trace: "" },
          ...{ ms: 1, depth: 1, caller: { api: "a", principal: "a" } },
        });
      }
    }
  }
}

function storm(seed: number): { calls: number; hand_overs: number; deaths: number; handed_back: number } {
  const numbers = new Random(seed);
  const random = () => numbers.unit();
  const [caller, callee] = [new Cell("a~1" as CellId), new Cell("b~1" as CellId)];
  const cells = [caller, callee];
  let kernels = [new Kernel(1)];
  let leader: Kernel | undefined = kernels[0];
  let [now, made, epoch, hand_overs, deaths, handed_back] = [0, 0, 1, 0, 0, 0];
  const ran = new Map<number, number>();
  const answered = new Map<number, number>();
  const running: number[] = [];

  const cut = (kernel: Kernel) => {
    kernels = kernels.filter((one) => one !== kernel);
    for (const cell of cells) {
      for (const link of [...cell.links.values()].filter((link) => link.kernel === kernel)) {
        cell.links.delete(link.number);
        cell.step({ on: "closed", link: link.number }, now);
      }
    }
  };
  const talk = (cell: Cell) => {
    for (const number of cell.wants.splice(0)) {
      if (leader === undefined) {
        cell.step({ on: "closed", link: number }, now);
      } else if (random() < 0.5) cell.wants.push(number);
      else {
        const link: Link = { number, kernel: leader, toKernel: [], toCell: [], welcomed: false, fenced: false };
        cell.links.set(number, link);
        cell.step({ on: "connected", link: number }, now);
        link.toCell.push({ t: "nonce", nonce: "n", epoch: leader.epoch });
      }
    }
    for (const link of [...cell.links.values()]) {
      for (let many = Math.floor(random() * 4); many > 0; many--) {
        const told = link.toCell.shift();
        if (told?.t === "hand_back") handed_back++;
        if (told !== undefined) cell.step({ on: "message", link: link.number, message: told, payload: "" }, now);
        const said = link.toKernel.shift();
        if (said !== undefined) link.kernel.from(cell, link, said, caller, callee);
      }
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
      const reply = { t: "reply", id: id!, ok: true, streams: 0, payload: "" } as const;
      callee.step({ on: "worker", instance: CALLEE, message: reply }, now);
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
      const call = {
        t: "call",
        id: ++made,
        api: "b",
        aspect: "default",
        name: "m",
        kind: "call",
        payload: "",
      } as const;
      caller.step({ on: "worker", instance: CALLER, message: call }, now);
    }
    if (!calm && leader !== undefined && random() < 0.02) {
      hand_overs++;
      const former = leader;
      kernels.push(leader = new Kernel(++epoch));
      former.retired = true;
      for (const cell of cells) cell.of(former)?.toCell.push({ t: "newer" });
    }
    if (!calm && kernels.length > 0 && random() < 0.01) {
      deaths++;
      const dies = kernels[Math.floor(random() * kernels.length)]!;
      if (dies === leader) leader = undefined;
      cut(dies);
    }
    if (leader === undefined && (calm || random() < 0.2)) kernels.push(leader = new Kernel(++epoch));
    for (const kernel of kernels) kernel.settle(caller, callee);
    // A former kernel leaves when it has no call, and every cell has gone over; then all it said has been read.
    for (const kernel of kernels) {
      const quiet = cells.every((cell) => {
        const link = cell.of(kernel);
        return link === undefined || (link.fenced && link.toCell.length + link.toKernel.length === 0);
      });
      if (kernel.retired && kernel.calls.size === 0 && quiet) cut(kernel);
    }
    for (const cell of cells) {
      cell.step({ on: "time", parent: 1 }, now);
      talk(cell);
    }
    work();
  }
  const once = (map: Map<number, number>) => [...map.values()].filter((n) => n === 1).length;
  assert.deepEqual([answered.size, once(answered)], [made, made], `seed ${seed}: calls answered, once`);
  assert.deepEqual([ran.size, once(ran)], [made, made], `seed ${seed}: calls run, once`);
  assert.deepEqual(kernels, [leader], `seed ${seed}: a former kernel never left`);
  return { calls: made, hand_overs, deaths, handed_back };
}

Deno.test("two LinkMachines lose no call and run none twice through kernels that hand over to one another, give calls back, and die meanwhile", () => {
  const sum = { calls: 0, hand_overs: 0, deaths: 0, handed_back: 0 };
  for (let seed = 1; seed <= 20; seed++) {
    const told = storm(seed);
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += told[key];
  }
  assert.ok(
    sum.calls > 10_000 && sum.hand_overs > 500 && sum.deaths > 300 && sum.handed_back > 100,
    JSON.stringify(sum),
  );
});
