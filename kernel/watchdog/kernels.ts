/** The kernels there are: one that leads, perhaps one that is to take over, perhaps former ones that finish their calls. Who is who decides succession_machine.ts. */
import { type Hello, PROTOCOL, type ToWatchdog } from "../contract/channel.ts";
import { buildCommand } from "./build_command.ts";
import { FRESH_FATE, judgeDeath, type KernelDeath, type KernelVersion, passOver } from "./kernel_fate_machine.ts";
import { KernelRun } from "./kernel_run.ts";
import { obey } from "./obey_kernel.ts";
import { type SuccessionEffect, type SuccessionEvent, SuccessionMachine } from "./succession_machine.ts";
import type { Supervision } from "./supervise_kernel.ts";

/** Everything ends within 5 s of the wish: the kernel is told to have this much, and killed this long after the wish. */
export const DRAIN_MS = 4_000;
export const KERNEL_GONE_MS = 4_400;
/** How often it is looked whether a kernel's loop still turns. */
const LOOK_MS = 1_000;

export class Kernels {
  readonly #host: Supervision;
  readonly #machine = new SuccessionMachine();
  readonly #runs = new Map<number, KernelRun>();
  readonly #ends = new Set<Promise<void>>();
  #fate = FRESH_FATE;
  /** Resolves with the death of the kernel that leads. */
  #leaderless = Promise.withResolvers<KernelDeath>();
  #cancel_time: () => void = () => {};

  constructor(host: Supervision) {
    this.#host = host;
  }

  /** Starts a kernel that leads; resolves when it, or the last one that it handed over to, has died. */
  leadOnce(): Promise<KernelDeath> {
    this.#leaderless = Promise.withResolvers();
    const run = this.#start();
    if (run === undefined) {
      const at = performance.now();
      const never = { code: null, version: undefined, ready_at: undefined, took_over_at: undefined };
      return Promise.resolve({ ...never, started_at: at, died_at: at, nothing_loads: false });
    }
    this.#machine.leads(run.epoch);
    this.#host.mailbox.open(run.send);
    this.#listen();
    return this.#leaderless.promise;
  }

  judge(death: KernelDeath) {
    const [next, verdict] = judgeDeath(this.#fate, death);
    this.#fate = next;
    return verdict;
  }

  /** Tells all to end in order once the host is to stop, kills them when they have had their time; looks after stuck ones until then. */
  endWithHost(): Disposable {
    const { stop, now } = this.#host;
    let gone: ReturnType<typeof setTimeout> | undefined;
    const killAll = () => this.#runs.forEach((run) => run.kill());
    const drain = () => {
      const { successor } = this.#machine;
      for (const run of this.#runs.values()) {
        if (run.epoch === successor) run.kill();
        else run.send({ t: "drain", ms: DRAIN_MS });
      }
      gone = setTimeout(killAll, KERNEL_GONE_MS);
    };
    const looks = setInterval(() => this.#killStuck(), LOOK_MS);
    stop.addEventListener("abort", drain);
    now.addEventListener("abort", killAll);
    return {
      [Symbol.dispose]: () => {
        stop.removeEventListener("abort", drain);
        now.removeEventListener("abort", killAll);
        clearTimeout(gone);
        clearInterval(looks);
        this.#cancel_time();
      },
    };
  }

  async allEnded(): Promise<void> {
    await Promise.all(this.#ends);
  }

  /** Undefined when there is none: that is told. */
  #start(successor?: KernelVersion): KernelRun | undefined {
    const { places, env, children, log, stderr, mailbox, ready } = this.#host;
    try {
      const epoch = this.#host.nextEpoch();
      const command = buildCommand(places, { role: "kernel", epoch });
      if (!command.ok) throw new Error(`${command.fault.message}; ${command.fault.hint}`);
      const hello: Hello = {
        ...{ ...this.#host.hello, t: "hello", epoch, pass_over: this.#fate.pass_over, protocol: PROTOCOL },
        ...(successor !== undefined && { successor }),
        ...((successor !== undefined || this.#machine.beside_former) && { beside_former: true }),
      };
      const run = new KernelRun(command.value, env, hello, {
        message: (run, message) => {
          const event = successionEvent(run.epoch, message);
          // A host that stops has no use for another leader: the one there is ends what there is.
          if (event?.on === "imported" && this.#host.stop.aborted) return;
          if (event !== undefined) return this.#step(event);
          if (message.t === "cells") return void run.send(children.cells());
          if (message.t === "env") {
            // A former kernel too may be in the middle of a call that asks for a secret.
            const { name } = message;
            return void run.send({ t: "env", name, value: this.#host.variables.get(name) ?? null });
          }
          // The operator may have asked a kernel that lost the lead in that moment: his word counts.
          if (message.t === "stop" && this.#machine.isFormer(run.epoch)) return obey(this.#host, message);
          if (run.epoch !== this.#machine.leader) return; // only the one that leads changes the world
          if (message.t === "ready") return ready(message.modules);
          obey(this.#host, message);
        },
        refused: (cell) => {
          const reason =
            `Cannot start cell ${cell}: the order has a folder, host or limit that no command line may hold`;
          mailbox.tell({ t: "exited", cell, code: null, signal: null, reason });
        },
        stderr,
        log,
      });
      log("DEBUG", `kernel ${epoch} started (pid ${run.pid})${successor === undefined ? "" : ` to take over`}`);
      this.#runs.set(epoch, run);
      run.send(children.cells());
      this.#listen();
      const ended = this.#ended(run);
      this.#ends.add(ended);
      void ended.then(() => this.#ends.delete(ended));
      return run;
    } catch (error) {
      log("ERROR", `Cannot start a kernel: ${(error as Error).message}`);
      return undefined;
    }
  }

  async #ended(run: KernelRun): Promise<void> {
    const { death, how } = await run.ended();
    const { epoch, pid } = run;
    const { log, mailbox, stop } = this.#host;
    this.#runs.delete(epoch);
    const led = this.#machine.leader === epoch;
    if (led) mailbox.close();
    this.#listen();
    if (stop.aborted || (death.code === 0 && !led)) log("DEBUG", `kernel ${epoch} ended (${how})`);
    else log("WARNING", `kernel ${epoch} (pid ${pid}) died (${how})`);
    this.#step({ on: "died", epoch, how: `its process ended (${how})` });
    if (led) this.#leaderless.resolve(death);
  }

  #step(event: SuccessionEvent): void {
    const effects = this.#machine.step(event, performance.now());
    for (const effect of effects) this.#carryOut(effect);
    this.#cancel_time();
    const at = this.#machine.wakeAt();
    if (at === undefined || at === Infinity) return;
    const timer = setTimeout(() => this.#step({ on: "time" }), Math.max(0, at - performance.now()));
    this.#cancel_time = () => clearTimeout(timer);
  }

  #carryOut(effect: SuccessionEffect): void {
    const host = this.#host, runs = this.#runs;
    switch (effect.do) {
      case "start": {
        const run = host.stop.aborted ? undefined : this.#start(effect.version);
        for (const next of this.#machine.started(run?.epoch)) this.#carryOut(next);
        return;
      }
      case "tell":
        return void runs.get(effect.epoch)?.send(effect.message);
      case "lead": {
        const run = runs.get(effect.epoch);
        if (run === undefined) return;
        run.tookOver({ new_version: effect.new_version });
        host.mailbox.close();
        host.mailbox.open(run.send);
        this.#listen();
        return host.log("INFO", `kernel ${effect.epoch} leads`);
      }
      case "pass_over":
        this.#fate = passOver(this.#fate, effect.version);
        return host.log(
          "WARNING",
          `${effect.version.meta} is passed over until it changes: its kernel could not take over`,
        );
      case "kill": {
        const run = runs.get(effect.epoch);
        if (run === undefined) return;
        host.log("WARNING", `kernel ${effect.epoch} (pid ${run.pid}) is killed: ${effect.why}`);
        return run.kill();
      }
    }
  }

  #killStuck(): void {
    for (const run of this.#runs.values()) {
      if (!run.stuck) continue;
      this.#host.log("ERROR", `kernel ${run.epoch} (pid ${run.pid}) is killed: its loop stands still`);
      run.kill();
    }
  }

  /** What every kernel there is has to hear of processes, not only the one that leads. */
  #listen(): void {
    const others = [...this.#runs.values()].filter(({ epoch }) => epoch !== this.#machine.leader);
    this.#host.mailbox.overhear(others.map(({ send }) => send));
  }
}

/** Undefined when the message is not about who leads. */
function successionEvent(epoch: number, message: ToWatchdog): SuccessionEvent | undefined {
  switch (message.t) {
    case "start_successor": {
      const { meta, hash, upgrade = false } = message;
      return { on: "asked", epoch, version: { meta, hash }, upgrade };
    }
    case "take_over":
    case "imported":
      return { on: message.t, epoch };
    case "state":
      return { on: "state", epoch, state: message.state };
    case "leave":
      return { on: "leave", epoch, why: message.why, again: message.again ?? false };
    default:
      return undefined;
  }
}
