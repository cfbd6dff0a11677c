/**
 * Who leads: a pure machine over what kernels say and over their deaths. One kernel leads. It may ask for a successor; that one loads and constructs its Kernel,
 * takes over the state and publishes its sockets, and from then on leads; the former one finishes the calls it has and leaves. Until the successor says
 * `imported` the one that leads has lost nothing: whatever becomes of the successor before is a failure that is told, and remembered.
 */
import type { FromWatchdog } from "../contract/channel.ts";
import type { KernelVersion } from "./kernel_fate_machine.ts";

export type SuccessionEvent =
  | { readonly on: "asked"; readonly epoch: number; readonly version: KernelVersion; readonly upgrade: boolean }
  | { readonly on: "take_over" | "imported"; readonly epoch: number }
  | { readonly on: "state"; readonly epoch: number; readonly state: unknown }
  | { readonly on: "leave"; readonly epoch: number; readonly why: string | undefined; readonly again: boolean }
  | { readonly on: "died"; readonly epoch: number; readonly how: string }
  | { readonly on: "time" };

export type SuccessionEffect =
  /** Start a kernel that is to take over with this version; then call `started`. */
  | { readonly do: "start"; readonly version: KernelVersion }
  | { readonly do: "tell"; readonly epoch: number; readonly message: FromWatchdog }
  /** Obey this one from now on. `new_version`: not the one that led before. */
  | { readonly do: "lead"; readonly epoch: number; readonly new_version: boolean }
  | { readonly do: "pass_over"; readonly version: KernelVersion }
  | { readonly do: "kill"; readonly epoch: number; readonly why: string };

interface Attempt {
  /** Undefined until its process was started. */
  readonly epoch: number | undefined;
  readonly version: KernelVersion;
  readonly upgrade: boolean;
  /** What is waited for: its `take_over`, the leader's state, its `imported`. */
  readonly stage: "loads" | "asks" | "imports";
  readonly until: number;
}

/** A successor that has not constructed its Kernel, or not imported the state, within this is stuck. */
export const LOADS_MS = 10_000;
export const IMPORTS_MS = 5_000;
/** The leading kernel waits for changes of modules that are under way, then tells its state. */
export const ASKS_MS = 8_000;
/** A former kernel ends what it has in flight within 5 s by itself (kernel/handover); later it is stuck. */
export const FORMER_MS = 6_000;

export class SuccessionMachine {
  #leader: number | undefined;
  #attempt: Attempt | undefined;
  /** Former kernels that finish their calls, and until when. */
  readonly #formers = new Map<number, number>();

  get leader(): number | undefined {
    return this.#leader;
  }

  /** The process that is to take over. */
  get successor(): number | undefined {
    return this.#attempt?.epoch;
  }

  /** Whether a former kernel still finishes its calls: `lead` with `alone` is told when there is none left. */
  get beside_former(): boolean {
    return this.#formers.size > 0;
  }
  isFormer(epoch: number): boolean {
    return this.#formers.has(epoch);
  }

  /** When `time` is due at the latest. */
  wakeAt(): number | undefined {
    const times = [...this.#formers.values(), ...this.#attempt === undefined ? [] : [this.#attempt.until]];
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** A kernel that took over from nobody. */
  leads(epoch: number): void {
    this.#leader = epoch;
  }

  /** The process that `start` asked for is there, or could not be had. */
  started(epoch: number | undefined): readonly SuccessionEffect[] {
    if (this.#attempt === undefined) return epoch === undefined ? [] : [killed(epoch, "nobody waits for it")];
    if (epoch === undefined) return this.#failed("its process could not be started", { remember: false });
    this.#attempt = { ...this.#attempt, epoch };
    return [];
  }

  step(event: SuccessionEvent, now: number): readonly SuccessionEffect[] {
    switch (event.on) {
      case "asked":
        return this.#asked(event, now);
      case "take_over":
        if (!this.#isAt("loads", event.epoch) || this.#leader === undefined) return [];
        this.#attempt = { ...this.#attempt!, stage: "asks", until: now + ASKS_MS };
        return [{ do: "tell", epoch: this.#leader, message: { t: "state", state: null } }];
      case "state":
        return this.#told(event, now);
      case "imported":
        return this.#isAt("imports", event.epoch) ? this.#handOver(event.epoch, now) : [];
      case "leave":
        if (this.#attempt?.epoch !== event.epoch) return [];
        return [
          killed(event.epoch, "it can't take over"),
          ...this.#failed(event.why ?? "it gave up", { remember: !event.again }),
        ];
      case "died":
        return this.#died(event);
      case "time":
        return this.#time(now);
    }
  }

  #asked({ epoch, version, upgrade }: SuccessionEvent & { on: "asked" }, now: number): readonly SuccessionEffect[] {
    if (epoch !== this.#leader) return [];
    if (this.#attempt !== undefined) return []; // the one that is under way is told when it is over
    this.#attempt = { epoch: undefined, version, upgrade, stage: "loads", until: now + LOADS_MS };
    return [{ do: "start", version }];
  }

  #told({ epoch, state }: SuccessionEvent & { on: "state" }, now: number): readonly SuccessionEffect[] {
    const successor = this.#attempt?.epoch;
    if (epoch !== this.#leader || successor === undefined || this.#attempt?.stage !== "asks") return [];
    if (state === null) {
      const why = "changes of modules did not come to an end; it is tried again later";
      return [killed(successor, "there is no state for it"), ...this.#failed(why, { remember: false })];
    }
    this.#attempt = { ...this.#attempt, stage: "imports", until: now + IMPORTS_MS };
    return [{ do: "tell", epoch: successor, message: { t: "state", state } }];
  }

  #handOver(successor: number, now: number): readonly SuccessionEffect[] {
    const former = this.#leader!;
    const new_version = !this.#attempt!.upgrade;
    this.#attempt = undefined;
    this.#leader = successor;
    this.#formers.set(former, now + FORMER_MS);
    const message = { t: "lead", epoch: successor } as const;
    return [
      { do: "lead", epoch: successor, new_version },
      { do: "tell", epoch: successor, message },
      { do: "tell", epoch: former, message },
    ];
  }

  #died({ epoch, how }: SuccessionEvent & { on: "died" }): readonly SuccessionEffect[] {
    if (this.#formers.delete(epoch)) return this.#alone();
    if (this.#attempt?.epoch === epoch) return this.#failed(how);
    if (this.#leader !== epoch) return [];
    this.#leader = undefined;
    const successor = this.#attempt?.epoch;
    this.#attempt = undefined;
    // What it would take over is gone with the one that knew it: the next kernel learns from the cells.
    return successor === undefined ? [] : [killed(successor, "the kernel that it was to follow died")];
  }

  #time(now: number): readonly SuccessionEffect[] {
    const late = [...this.#formers].filter(([, until]) => now >= until);
    const effects: SuccessionEffect[] = late.map(([epoch]) => killed(epoch, "it did not leave in time"));
    // Its death is told once more when it has happened.
    for (const [epoch] of late) this.#formers.set(epoch, Infinity);
    const attempt = this.#attempt;
    if (attempt === undefined || now < attempt.until) return effects;
    const { epoch, stage } = attempt;
    const why = stage === "loads"
      ? `it was not constructed within ${LOADS_MS} ms`
      : stage === "asks"
      ? `no state was told within ${ASKS_MS} ms`
      : `it did not import the state within ${IMPORTS_MS} ms`;
    if (epoch !== undefined) effects.push(killed(epoch, "it did not take over in time"));
    return [...effects, ...this.#failed(why, { remember: stage !== "asks" })];
  }

  /** The one that leads goes on leading, and learns why; it publishes its sockets again, so a successor that lives is killed before. A version that failed is not tried again until its file changes; of an upgrade the version is as before. */
  #failed(why: string, { remember = true } = {}): readonly SuccessionEffect[] {
    const { version, upgrade } = this.#attempt!;
    this.#attempt = undefined;
    const effects: SuccessionEffect[] = remember && !upgrade ? [{ do: "pass_over", version }] : [];
    if (this.#leader === undefined) return effects;
    const message: FromWatchdog = { t: "lead", epoch: this.#leader, why, ...(!remember && { again: true }) };
    return [...effects, { do: "tell", epoch: this.#leader, message }];
  }

  #alone(): readonly SuccessionEffect[] {
    if (this.#leader === undefined || this.#formers.size > 0) return [];
    return [{ do: "tell", epoch: this.#leader, message: { t: "lead", epoch: this.#leader, alone: true } }];
  }

  #isAt(stage: Attempt["stage"], epoch: number): boolean {
    return this.#attempt?.epoch === epoch && this.#attempt.stage === stage;
  }
}

function killed(epoch: number, why: string): SuccessionEffect {
  return { do: "kill", epoch, why };
}
